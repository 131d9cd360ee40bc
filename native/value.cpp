#include "value.h"

#include <c10/core/UndefinedTensorImpl.h>

#include <deque>
#include <string>
#include <vector>

namespace sagan {

Parameter classify(const c10::TypePtr &type) {
  switch (type->kind()) {
    case c10::TypeKind::OptionalType: {
      Parameter inner = classify(type->castRaw<c10::OptionalType>()->getElementType());
      inner.optional = true;
      return inner;
    }
    case c10::TypeKind::TensorType: return {Kind::tensor, false};
    case c10::TypeKind::IntType: return {Kind::integer, false};
    case c10::TypeKind::FloatType: return {Kind::real, false};
    case c10::TypeKind::NumberType: return {Kind::number, false};
    case c10::TypeKind::BoolType: return {Kind::boolean, false};
    case c10::TypeKind::StringType: return {Kind::text, false};
    case c10::TypeKind::DeviceObjType: return {Kind::device, false};
    case c10::TypeKind::GeneratorType: return {Kind::generator, false};
    case c10::TypeKind::ListType: {
      Parameter element = classify(type->castRaw<c10::ListType>()->getElementType());
      switch (element.kind) {
        case Kind::tensor: return {element.optional ? Kind::optional_tensors : Kind::tensors, false};
        case Kind::integer: return {Kind::integers, false};
        case Kind::real: return {Kind::reals, false};
        case Kind::boolean: return {Kind::booleans, false};
        default: break;
      }
      break;
    }
    default: break;
  }
  // Layouts, memory formats and symbolic integers are integers to the dispatcher.
  std::string name = type->str();
  if (name == "SymInt" || name == "ScalarType" || name == "Layout" || name == "MemoryFormat") return {Kind::integer, false};
  TORCH_CHECK(false, "a value of type ", name, " cannot cross this border");
}

at::Tensor borrow(sagan_tensor handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(
      static_cast<c10::TensorImpl *>(handle)));
}

sagan_tensor release(at::Tensor tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

namespace {

const char *const kTagNames[] = {"none", "a tensor", "an integer", "a real number", "a boolean", "a text",
                                 "a device", "a generator", "integers", "reals", "booleans", "tensors"};

[[noreturn]] void mismatch(const sagan_value &value, const char *wanted) {
  const char *given = value.tag >= 0 && value.tag <= SAGAN_TENSORS ? kTagNames[value.tag] : "an unknown tag";
  TORCH_CHECK(false, "expected ", wanted, ", got ", given);
  std::terminate();  // TORCH_CHECK throws
}

template <typename Element, typename Source>
c10::List<Element> list_of(const sagan_value &value) {
  const Source *source = static_cast<const Source *>(value.pointer);
  c10::List<Element> list;
  list.reserve(value.count);
  for (int32_t i = 0; i < value.count; i++) list.push_back(static_cast<Element>(source[i]));
  return list;
}

}  // namespace

c10::IValue lower(const sagan_value &value, const Parameter &parameter) {
  if (value.tag == SAGAN_NONE) {
    if (parameter.kind == Kind::tensor && !parameter.optional) return at::Tensor();
    if (!parameter.optional) mismatch(value, "a value");
    return c10::IValue();
  }
  switch (parameter.kind) {
    case Kind::tensor:
      if (value.tag != SAGAN_TENSOR) mismatch(value, "a tensor");
      return borrow(value.pointer);
    case Kind::integer:
      if (value.tag != SAGAN_INTEGER) mismatch(value, "an integer");
      return value.integer;
    case Kind::real:
      if (value.tag == SAGAN_REAL) return value.real;
      if (value.tag == SAGAN_INTEGER) return static_cast<double>(value.integer);
      mismatch(value, "a real number");
    case Kind::number:
      if (value.tag == SAGAN_REAL) return value.real;
      if (value.tag == SAGAN_INTEGER) return value.integer;
      if (value.tag == SAGAN_BOOLEAN) return value.integer != 0;
      mismatch(value, "a number");
    case Kind::boolean:
      if (value.tag != SAGAN_BOOLEAN) mismatch(value, "a boolean");
      return value.integer != 0;
    case Kind::text:
      if (value.tag != SAGAN_TEXT) mismatch(value, "a text");
      return std::string(static_cast<const char *>(value.pointer), value.count);
    case Kind::device:
      if (value.tag != SAGAN_DEVICE) mismatch(value, "a device");
      return device_of(static_cast<int32_t>(value.integer >> 16), static_cast<int16_t>(value.integer & 0xffff));
    case Kind::generator:
      if (value.tag != SAGAN_GENERATOR) mismatch(value, "a generator");
      return *static_cast<at::Generator *>(value.pointer);
    case Kind::integers:
      if (value.tag != SAGAN_INTEGERS) mismatch(value, "integers");
      return list_of<int64_t, int64_t>(value);
    case Kind::reals:
      if (value.tag != SAGAN_REALS) mismatch(value, "reals");
      return list_of<double, double>(value);
    case Kind::booleans:
      if (value.tag != SAGAN_BOOLEANS) mismatch(value, "booleans");
      return list_of<bool, uint8_t>(value);
    case Kind::tensors: {
      if (value.tag != SAGAN_TENSORS) mismatch(value, "tensors");
      sagan_tensor *handles = static_cast<sagan_tensor *>(value.pointer);
      c10::List<at::Tensor> list;
      list.reserve(value.count);
      for (int32_t i = 0; i < value.count; i++) list.push_back(borrow(handles[i]));
      return list;
    }
    case Kind::optional_tensors: {
      if (value.tag != SAGAN_TENSORS) mismatch(value, "tensors");
      sagan_tensor *handles = static_cast<sagan_tensor *>(value.pointer);
      c10::List<OptionalTensor> list;
      list.reserve(value.count);
      for (int32_t i = 0; i < value.count; i++)
        list.push_back(handles[i] ? OptionalTensor(borrow(handles[i])) : OptionalTensor());
      return list;
    }
  }
  mismatch(value, "a known kind");
}

namespace {

struct Lists {
  std::deque<std::vector<int64_t>> integers;
  std::deque<std::vector<double>> reals;
  std::deque<std::vector<uint8_t>> booleans;
  std::deque<std::vector<sagan_tensor>> tensors;
  std::deque<std::string> texts;
};

thread_local Lists t_lists;

template <typename Vector>
sagan_value list_value(int32_t tag, Vector &vector) {
  sagan_value out{};
  out.tag = tag;
  out.count = static_cast<int32_t>(vector.size());
  out.pointer = vector.data();
  return out;
}

}  // namespace

void lift_begin() {
  Lists &lists = t_lists;
  if (!lists.integers.empty()) lists.integers.clear();
  if (!lists.reals.empty()) lists.reals.clear();
  if (!lists.booleans.empty()) lists.booleans.clear();
  if (!lists.tensors.empty()) lists.tensors.clear();
  if (!lists.texts.empty()) lists.texts.clear();
}

sagan_value lift(c10::IValue value) {
  sagan_value out{};
  if (value.isTensor()) {
    out.pointer = release(std::move(value).toTensor());
    out.tag = out.pointer ? SAGAN_TENSOR : SAGAN_NONE;
  } else if (value.isNone()) {
    out.tag = SAGAN_NONE;
  } else if (value.isInt()) {
    out.tag = SAGAN_INTEGER;
    out.integer = value.toInt();
  } else if (value.isDouble()) {
    out.tag = SAGAN_REAL;
    out.real = value.toDouble();
  } else if (value.isBool()) {
    out.tag = SAGAN_BOOLEAN;
    out.integer = value.toBool();
  } else if (value.isString()) {
    t_lists.texts.push_back(value.toStringRef());
    out = list_value(SAGAN_TEXT, t_lists.texts.back());
  } else if (value.isIntList()) {
    t_lists.integers.push_back(value.toIntVector());
    out = list_value(SAGAN_INTEGERS, t_lists.integers.back());
  } else if (value.isDoubleList()) {
    t_lists.reals.push_back(value.toDoubleVector());
    out = list_value(SAGAN_REALS, t_lists.reals.back());
  } else if (value.isBoolList()) {
    std::vector<uint8_t> flags;
    for (bool flag : value.toBoolList()) flags.push_back(flag);
    t_lists.booleans.push_back(std::move(flags));
    out = list_value(SAGAN_BOOLEANS, t_lists.booleans.back());
  } else if (value.isTensorList()) {
    std::vector<sagan_tensor> handles;
    for (at::Tensor tensor : value.toTensorVector()) handles.push_back(release(std::move(tensor)));
    t_lists.tensors.push_back(std::move(handles));
    out = list_value(SAGAN_TENSORS, t_lists.tensors.back());
  } else {
    TORCH_CHECK(false, "a result of type ", value.tagKind(), " cannot cross this border");
  }
  return out;
}

c10::Device device_of(int32_t type, int32_t index) {
  return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

}  // namespace sagan
