// The door: find an operator, call it with tagged values.
#include "error.h"
#include "value.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

struct sagan_operator {
  c10::OperatorHandle handle;
  std::vector<sagan::Parameter> parameters;
  std::string schema;
};

namespace sagan {
namespace {

std::mutex g_operators_lock;

// Never destroyed: handles live as long as the process, whatever the order of static destruction.
std::unordered_map<std::string, std::unique_ptr<sagan_operator>> &operators() {
  static auto *table = new std::unordered_map<std::string, std::unique_ptr<sagan_operator>>();
  return *table;
}

// This thread's stack of values, empty again at the end of the call whatever happens: a fresh vector for each call would cost
// an allocation. Operators do not call back through this border, so one is enough.
struct BorrowedStack {
  torch::jit::Stack &stack = mine();
  ~BorrowedStack() { stack.clear(); }

  static torch::jit::Stack &mine() {
    thread_local torch::jit::Stack stack;
    return stack;
  }
};

}  // namespace
}  // namespace sagan

int sagan_operator_find(const char *name, const char *overload, sagan_operator **found) {
  using namespace sagan;
  *found = nullptr;
  bool missing = false;
  int status = guard([&] {
    std::string key = std::string(name) + '.' + overload;
    std::lock_guard<std::mutex> lock(g_operators_lock);
    auto known = operators().find(key);
    if (known != operators().end()) {
      *found = known->second.get();
      return;
    }
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle.has_value()) {
      missing = true;
      return;
    }
    auto made = std::make_unique<sagan_operator>(sagan_operator{*handle, {}, {}});
    for (const c10::Argument &argument : handle->schema().arguments())
      made->parameters.push_back(classify(argument.type()));
    made->schema = c10::toString(handle->schema());
    *found = made.get();
    operators().emplace(std::move(key), std::move(made));
  });
  if (missing) return fail(SAGAN_NOT_FOUND, "the linked libtorch has no such operator");
  return status;
}

const char *sagan_operator_schema(sagan_operator *op) { return op->schema.c_str(); }

int sagan_operator_call(sagan_operator *op, const sagan_value *arguments, int32_t argument_count,
                        sagan_value *results, int32_t capacity, int32_t *count) {
  using namespace sagan;
  return guard([&] {
    const size_t wanted = op->parameters.size();
    TORCH_CHECK(static_cast<size_t>(argument_count) <= wanted, "takes ", wanted, " arguments, got ", argument_count);

    BorrowedStack borrowed;
    torch::jit::Stack &stack = borrowed.stack;
    for (int32_t i = 0; i < argument_count; i++) {
      try {
        stack.push_back(lower(arguments[i], op->parameters[i]));
      } catch (const c10::Error &error) {
        TORCH_CHECK(false, "argument ", i, " (", op->handle.schema().arguments()[i].name(), "): ",
                    error.what_without_backtrace());
      }
    }
    for (size_t i = argument_count; i < wanted; i++) {
      const c10::Argument &argument = op->handle.schema().arguments()[i];
      TORCH_CHECK(argument.default_value().has_value(), "argument ", i, " (", argument.name(), ") has no default");
      stack.push_back(*argument.default_value());
    }

    op->handle.callBoxed(&stack);

    if (results == nullptr) return;
    TORCH_CHECK(stack.size() <= static_cast<size_t>(capacity), "returned ", stack.size(), " values, room for ", capacity);
    lift_begin();
    for (size_t i = 0; i < stack.size(); i++) results[i] = lift(std::move(stack[i]));
    *count = static_cast<int32_t>(stack.size());
  });
}
