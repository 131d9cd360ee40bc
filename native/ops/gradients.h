// Gradients through a plain form, for operators whose own backward pass is not differentiable.
#ifndef SAGAN_OPS_GRADIENTS_H
#define SAGAN_OPS_GRADIENTS_H

#include <ATen/core/Tensor.h>
#include <torch/csrc/autograd/autograd.h>

namespace sagan::ops {

// The gradients of the inputs, in their order and themselves differentiable; none for inputs that are absent or ask for none.
inline torch::autograd::variable_list differentiable_gradients(const at::Tensor &plain, const torch::autograd::variable_list &inputs,
                                                               const at::Tensor &above) {
  auto asks = [](const at::Tensor &input) { return input.defined() && input.requires_grad(); };
  torch::autograd::variable_list wanted, gradients(inputs.size());
  for (const at::Tensor &input : inputs)
    if (asks(input)) wanted.push_back(input);
  torch::autograd::variable_list found = torch::autograd::grad({plain}, wanted, {above}, /*retain_graph=*/true, /*create_graph=*/true);
  for (size_t i = 0, next = 0; i < inputs.size(); i++)
    if (asks(inputs[i])) gradients[i] = found[next++];
  return gradients;
}

}  // namespace sagan::ops

#endif
