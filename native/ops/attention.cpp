// Attention over positions without its whole map: a part of the queries at a time, forward and once more in backward.
//
// sagan::attention(query [N, P, D], key [N, K, D], value [N, K, V]) -> [N, P, V] is softmax(query · keyᵀ) · value. The map [N, P, K] of
// a 64x64 layer takes 17 MB a picture, and libtorch's operators keep it twice and write it twice more in backward; here a few
// megabytes of it exist at a time (Rabe and Staats 2021, arXiv:2112.05682; Dao et al. 2022, arXiv:2205.14135).
// What attention_tiles.cpp takes goes there, what libtorch has a kernel of its own for goes through that, and the rest part by part
// through libtorch's operators.
#include "../value.h"
#include "attention_tiles.h"
#include "gradients.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <vector>

namespace sagan::ops {
namespace {

constexpr int64_t kElements = 1 << 20;   // of the map at a time

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Calls work(first picture, pictures, first query, queries) for every part: several whole pictures, or a part of one.
template <typename Work>
void for_parts(const at::Tensor &query, const at::Tensor &key, Work work) {
  const int64_t count = query.size(0), queries = query.size(1), keys = key.size(1);
  const int64_t pictures = std::max<int64_t>(1, kElements / (queries * keys));
  const int64_t rows = pictures > 1 ? queries : std::clamp<int64_t>(kElements / keys, 1, queries);
  for (int64_t n = 0; n < count; n += pictures)
    for (int64_t p = 0; p < queries; p += rows) work(n, std::min(pictures, count - n), p, std::min(rows, queries - p));
}

at::Tensor map_of(const at::Tensor &query, const at::Tensor &key) { return at::softmax(at::bmm(query, key.transpose(1, 2)), -1); }

#if SAGAN_TORCH_AT_LEAST(2, 5)

// Flash attention and its like (on a GPU, and on a processor where all depths are one), which libtorch reaches by one function; only
// its plain form holds the whole map. Logits are not scaled.
struct LibtorchAttention {
  // Nothing where there is only the plain form. Gradients come by a graph of its own, which the context keeps.
  static at::Tensor forward(AutogradContext *context, const at::Tensor &query, const at::Tensor &key, const at::Tensor &value) {
    at::AutoGradMode recording(true);   // not every kernel has gradients
    const bool differentiated = query.requires_grad() || key.requires_grad() || value.requires_grad();
    auto leaf = [&](const at::Tensor &tensor) { return tensor.detach().set_requires_grad(differentiated); };
    at::Tensor leaves[] = {leaf(query), leaf(key), leaf(value)}, heads[3];   // heads: [N, 1, positions, channels]
    for (int i = 0; i < 3; i++) heads[i] = leaves[i].unsqueeze(1);
    constexpr int64_t kPlain = 0;
    if (at::_fused_sdp_choice(heads[0], heads[1], heads[2], {}, 0.0, false, 1.0) == kPlain) return {};

    at::Tensor attended = at::scaled_dot_product_attention(heads[0], heads[1], heads[2], {}, 0.0, false, 1.0).squeeze(1);
    context->saved_data["leaves"] = std::vector<at::Tensor>(leaves, leaves + 3);
    context->saved_data["attended"] = attended;
    return attended.detach();
  }

  static bool went_here(AutogradContext *context) { return context->saved_data.count("attended") > 0; }

  static variable_list backward(AutogradContext *context, const at::Tensor &above) {
    return torch::autograd::grad({context->saved_data["attended"].toTensor()}, context->saved_data["leaves"].toTensorVector(), {above},
                                 /*retain_graph=*/true);
  }
};

#else

struct LibtorchAttention {
  static at::Tensor forward(AutogradContext *, const at::Tensor &, const at::Tensor &, const at::Tensor &) { return {}; }
  static bool went_here(AutogradContext *) { return false; }
  static variable_list backward(AutogradContext *, const at::Tensor &) { return {}; }
};

#endif

struct Attention : torch::autograd::Function<Attention> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &query, const at::Tensor &key, const at::Tensor &value) {
    context->save_for_backward({query, key, value});
    const bool tiles = attends_in_tiles(query, key, value);
    if (!tiles && (query.is_cpu() || gpu_shortcuts())) {
      at::Tensor attended = LibtorchAttention::forward(context, query, key, value);
      if (attended.defined()) return attended;
    }

    at::AutoDispatchBelowADInplaceOrView below;
    if (tiles) return attend_in_tiles(query, key, value);
    at::Tensor attended = at::empty({query.size(0), query.size(1), value.size(2)}, query.options());
    for_parts(query, key, [&](int64_t n, int64_t pictures, int64_t p, int64_t rows) {
      at::Tensor map = map_of(query.narrow(0, n, pictures).narrow(1, p, rows), key.narrow(0, n, pictures));
      attended.narrow(0, n, pictures).narrow(1, p, rows).copy_(at::bmm(map, value.narrow(0, n, pictures)));
    });
    return attended;
  }

  static variable_list backward(AutogradContext *context, variable_list incoming) {
    variable_list saved = context->get_saved_variables();
    const at::Tensor &query = saved[0], &key = saved[1], &value = saved[2], &above = incoming[0];
    if (at::GradMode::is_enabled()) return differentiable_gradients(at::bmm(map_of(query, key), value), saved, above);

    if (LibtorchAttention::went_here(context)) return LibtorchAttention::backward(context, above);
    if (attends_in_tiles(query, key, value) && above.scalar_type() == at::kFloat) {
      auto [of_query, of_key, of_value] = attention_gradients_in_tiles(query, key, value, above);
      return {of_query, of_key, of_value};
    }

    at::Tensor of_query = at::empty_like(query), of_key = at::zeros_like(key), of_value = at::zeros_like(value);
    for_parts(query, key, [&](int64_t n, int64_t pictures, int64_t p, int64_t rows) {
      auto of = [&](const at::Tensor &tensor) { return tensor.narrow(0, n, pictures); };
      at::Tensor q = of(query).narrow(1, p, rows), g = of(above).narrow(1, p, rows);
      at::Tensor map = map_of(q, of(key));
      at::Tensor of_map = at::bmm(g, of(value).transpose(1, 2));
      of(of_value).add_(at::bmm(map.transpose(1, 2), g));
      // Softmax: map · (of_map - the sum over keys of map · of_map).
      of_map.sub_((of_map * map).sum(-1, /*keepdim=*/true)).mul_(map);
      of(of_query).narrow(1, p, rows).copy_(at::bmm(of_map, of(key)));
      of(of_key).add_(at::bmm(of_map.transpose(1, 2), q));
    });
    return {of_query, of_key, of_value};
  }
};

at::Tensor attention(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value) { return Attention::apply(query, key, value); }

TORCH_LIBRARY_FRAGMENT(sagan, library) {
  library.def("attention(Tensor query, Tensor key, Tensor value) -> Tensor", TORCH_FN(attention));
}

}  // namespace
}  // namespace sagan::ops
