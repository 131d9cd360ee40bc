// Gradients: what the dispatcher does not reach.
#include "error.h"
#include "value.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace sagan;

namespace {

std::vector<at::Tensor> borrow_all(const sagan_tensor *handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

std::vector<at::Tensor> borrow_gradients(const sagan_tensor *handles, int32_t count) {
  return handles == nullptr ? std::vector<at::Tensor>() : borrow_all(handles, count);
}

}  // namespace

int sagan_backward(const sagan_tensor *outputs, const sagan_tensor *gradients, int32_t count, int32_t retain_graph,
                   int32_t create_graph) {
  return guard([&] {
    torch::autograd::backward(borrow_all(outputs, count), borrow_gradients(gradients, count), retain_graph != 0,
                              create_graph != 0);
  });
}

int sagan_gradients(const sagan_tensor *outputs, const sagan_tensor *output_gradients, int32_t output_count,
                    const sagan_tensor *inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph,
                    int32_t allow_unused, sagan_tensor *made) {
  return guard([&] {
    auto gradients = torch::autograd::grad(borrow_all(outputs, output_count), borrow_all(inputs, input_count),
                                           borrow_gradients(output_gradients, output_count), retain_graph != 0,
                                           create_graph != 0, allow_unused != 0);
    for (int32_t i = 0; i < input_count; i++) made[i] = release(std::move(gradients[i]));
  });
}

int sagan_set_requires_grad(sagan_tensor tensor, int32_t requires_grad) {
  return guard([&] { borrow(tensor).set_requires_grad(requires_grad != 0); });
}

int sagan_get_gradient(sagan_tensor tensor, sagan_tensor *gradient) {
  *gradient = nullptr;
  return guard([&] { *gradient = release(at::Tensor(borrow(tensor).mutable_grad())); });
}

int sagan_set_gradient(sagan_tensor tensor, sagan_tensor gradient) {
  return guard([&] { borrow(tensor).mutable_grad() = borrow(gradient); });
}

int32_t sagan_grad_mode(int32_t enabled) {
  bool former = at::GradMode::is_enabled();
  if (enabled >= 0) at::GradMode::set_enabled(enabled != 0);
  return former;
}
