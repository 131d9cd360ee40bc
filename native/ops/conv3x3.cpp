// 3x3 convolutions that keep the map's sides, alone, behind a doubling of the map, or before the sums of 2x2 squares. All three are
// linear in the map and in the kernel, and their gradients are again one of them or the gradient of a kernel: so they can be
// differentiated as often as anyone likes.
#include "conv3x3.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace sagan::ops {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

void remember(AutogradContext *context, Kind kind) {
  context->saved_data["resizing"] = static_cast<int64_t>(kind.resizing);
  context->saved_data["backwards"] = kind.backwards;
  context->saved_data["scale"] = kind.scale;
}

Kind remembered(AutogradContext *context) {
  return {static_cast<Kind::Resizing>(context->saved_data["resizing"].toInt()), context->saved_data["backwards"].toBool(), context->saved_data["scale"].toDouble()};
}

struct Convolution3x3 : torch::autograd::Function<Convolution3x3> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &map, const at::Tensor &kernel, const OptionalTensor &bias, Kind kind) {
    at::AutoDispatchBelowADInplaceOrView below;
    context->save_for_backward({map, kernel});
    context->saved_data["bias"] = bias.has_value() && bias->defined();
    remember(context, kind);
    return convolved(kind, map, kernel, bias);
  }
  static variable_list backward(AutogradContext *context, variable_list incoming);
};

struct KernelGradient3x3 : torch::autograd::Function<KernelGradient3x3> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &map, const at::Tensor &above, Kind kind) {
    at::AutoDispatchBelowADInplaceOrView below;
    context->save_for_backward({map, above});
    remember(context, kind);
    return kernel_gradient(kind, map, above);
  }
  static variable_list backward(AutogradContext *context, variable_list incoming);
};

variable_list Convolution3x3::backward(AutogradContext *context, variable_list incoming) {
  const variable_list saved = context->get_saved_variables();
  const at::Tensor &map = saved[0], &kernel = saved[1], &above = incoming[0];
  const Kind kind = remembered(context);
  at::Tensor of_map, of_kernel, of_bias;
  if (context->needs_input_grad(0)) of_map = Convolution3x3::apply(above, kernel, OptionalTensor(), kind.adjoint());
  if (context->needs_input_grad(1)) of_kernel = KernelGradient3x3::apply(map, above, kind).to(kernel.scalar_type());
  if (context->saved_data["bias"].toBool() && context->needs_input_grad(2)) of_bias = above.sum({0, 2, 3});
  return {of_map, of_kernel, of_bias, at::Tensor()};
}

variable_list KernelGradient3x3::backward(AutogradContext *context, variable_list incoming) {
  const variable_list saved = context->get_saved_variables();
  const Kind kind = remembered(context);
  at::Tensor of_map, of_above;
  if (context->needs_input_grad(0)) of_map = Convolution3x3::apply(saved[1], incoming[0], OptionalTensor(), kind.adjoint());
  if (context->needs_input_grad(1)) of_above = Convolution3x3::apply(saved[0], incoming[0], OptionalTensor(), kind);
  return {of_map, of_above, at::Tensor()};
}

at::Tensor conv3x3(const at::Tensor &map, const at::Tensor &kernel, const OptionalTensor &bias) {
  return Convolution3x3::apply(map, kernel, bias, Kind{Kind::none, false, 1});
}

at::Tensor conv3x3_doubled(const at::Tensor &map, const at::Tensor &kernel, const OptionalTensor &bias) {
  return Convolution3x3::apply(map, kernel, bias, Kind{Kind::doubled, false, 1});
}

at::Tensor conv3x3_halved(const at::Tensor &map, const at::Tensor &kernel, const OptionalTensor &bias) {
  return Convolution3x3::apply(map, kernel, bias, Kind{Kind::halved, false, 0.25});
}

TORCH_LIBRARY_FRAGMENT(sagan, library) {
  library.def("conv3x3(Tensor map, Tensor kernel, Tensor? bias) -> Tensor", TORCH_FN(conv3x3));
  library.def("conv3x3_doubled(Tensor map, Tensor kernel, Tensor? bias) -> Tensor", TORCH_FN(conv3x3_doubled));
  library.def("conv3x3_halved(Tensor map, Tensor kernel, Tensor? bias) -> Tensor", TORCH_FN(conv3x3_halved));
}

}  // namespace
}  // namespace sagan::ops
