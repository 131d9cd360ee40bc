// Attention of float32 on the processor, a few dozen queries at a time, with products of matrices of our own.
//
// libtorch multiplies picture by picture through BLAS, which for a depth of eight channels takes a hundred times as long as the
// products would.
#ifndef SAGAN_OPS_ATTENTION_TILES_H
#define SAGAN_OPS_ATTENTION_TILES_H

#include <ATen/core/Tensor.h>

#include <tuple>

namespace sagan::ops {

// Whether these functions take them: keys in multiples of 16.
bool attends_in_tiles(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value);

// softmax(query · keyᵀ) · value: query [N, P, D], key [N, K, D], value [N, K, V] -> [N, P, V].
at::Tensor attend_in_tiles(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value);

// The gradients of query, key and value.
std::tuple<at::Tensor, at::Tensor, at::Tensor> attention_gradients_in_tiles(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value,
                                                                            const at::Tensor &above);

}  // namespace sagan::ops

#endif
