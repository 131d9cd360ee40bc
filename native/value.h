// sagan_value <-> c10::IValue, and tensor handles <-> at::Tensor.
#pragma once

#include "sagan.h"

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <torch/csrc/api/include/torch/version.h>

#include <optional>

#define SAGAN_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace sagan {

// libtorch had an optional of its own until it asked for C++17.
#if SAGAN_TORCH_AT_LEAST(2, 4)
using OptionalTensor = std::optional<at::Tensor>;
#else
using OptionalTensor = c10::optional<at::Tensor>;
#endif

// What an operator's schema asks for at one place.
enum class Kind { tensor, integer, real, number, boolean, text, device, generator, integers, reals, booleans, tensors, optional_tensors };

struct Parameter {
  Kind kind;
  bool optional;
};

Parameter classify(const c10::TypePtr &type);

// A new reference to the tensor behind a handle; the handle stays the caller's.
at::Tensor borrow(sagan_tensor handle);

// Gives the reference away as a handle; an undefined tensor becomes null.
sagan_tensor release(at::Tensor tensor);

c10::IValue lower(const sagan_value &value, const Parameter &parameter);

// Lists go to storage of this thread that the next call of `lift_begin` reuses.
void lift_begin();
sagan_value lift(c10::IValue value);

c10::Device device_of(int32_t type, int32_t index);

// Whether work on a GPU goes ways that were written without one; off until somebody switches them on.
bool gpu_shortcuts() noexcept;

}  // namespace sagan
