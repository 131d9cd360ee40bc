// Softmax of a row, and back: what attention does between its products. Rows are of a multiple of 16 elements.
#ifndef SAGAN_OPS_SOFTMAX_H
#define SAGAN_OPS_SOFTMAX_H

#include <cstdint>

namespace sagan::ops {

// Logits become powers of e, of the largest logit 1. Returns one over their sum: softmax is the powers times that.
float powers(float *row, int64_t count);

// From the gradient of a row of softmax that of its logits: softmax · (gradient - the sum of softmax · gradient), where softmax is
// powers times their factor.
void softmax_gradient(const float *powers, float factor, float *gradient, int64_t count);

}  // namespace sagan::ops

#endif
