// The arithmetic of 3x3 convolutions in the forms of winograd.h, without their gradients: those are conv3x3.cpp's.
#ifndef SAGAN_OPS_CONV3X3_H
#define SAGAN_OPS_CONV3X3_H

#include "../value.h"
#include "winograd.h"

#include <ATen/core/Tensor.h>

namespace sagan::ops {

// Which one: scale · form(map) with the kernel [outputs, inputs, 3, 3], or with the one that leads gradients back: mirrored on
// both sides, inputs and outputs exchanged.
struct Kind {
  enum Resizing : int64_t { none, doubled, halved } resizing;
  bool backwards;
  double scale;

  const Form &form(const at::Tensor &map) const;

  // The one of the map's gradient.
  Kind adjoint() const { return {resizing == none ? none : resizing == doubled ? halved : doubled, !backwards, scale}; }

  int64_t inputs(const at::Tensor &kernel) const { return kernel.size(backwards ? 0 : 1); }
  int64_t outputs(const at::Tensor &kernel) const { return kernel.size(backwards ? 1 : 0); }
};

at::Tensor convolved(Kind kind, const at::Tensor &map, const at::Tensor &kernel, const OptionalTensor &bias);

// The gradient of the kernel, from that of the convolution's result.
at::Tensor kernel_gradient(Kind kind, const at::Tensor &map, const at::Tensor &above);

}  // namespace sagan::ops

#endif
