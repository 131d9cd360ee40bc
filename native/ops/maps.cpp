// Operators that move pixels of maps [N, C, H, W], each in one pass where the plain form takes several. All are linear but
// for ReLU's mask, and each one's gradient is another one here, so they can be differentiated as often as anyone likes.
#include "rows.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <tuple>

namespace sagan::ops {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// --- Interleaving: [N, 4K, H+1, W+1] and back -------------------------------------------------------------------------
//
// Nearest doubling followed by a 3x3 convolution is one 2x2 convolution of the small map for each of the four places in a
// doubled pixel. Their maps lie behind one another in the channels (place (a, b) at a·2 + b); that of (a, b) begins at row a
// and column b.

template <typename T>
void interleave_rows(const T *phases, T *map, int64_t count, int64_t channels, int64_t height, int64_t width) {
  at::parallel_for(0, count * height, grain(4 * width * channels), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      int64_t n = row / height, i = row % height;
      for (int64_t a = 0; a < 2; a++) {
        T *to = map + (n * 2 * height + 2 * i + a) * 2 * width * channels;
        const T *from = phases + (n * (height + 1) + i + a) * (width + 1) * 4 * channels + a * 2 * channels;
        for (int64_t j = 0; j < width; j++, to += 2 * channels) {
          std::memcpy(to, from + j * 4 * channels, channels * sizeof(T));
          std::memcpy(to + channels, from + (j + 1) * 4 * channels + channels, channels * sizeof(T));
        }
      }
    }
  });
}

template <typename T>
void part_rows(const T *map, T *phases, int64_t count, int64_t channels, int64_t height, int64_t width) {
  at::parallel_for(0, count * (height + 1), grain(4 * width * channels), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      int64_t n = row / (height + 1), k = row % (height + 1);
      T *to = phases + row * (width + 1) * 4 * channels;
      for (int64_t l = 0; l <= width; l++) {
        for (int64_t place = 0; place < 4; place++, to += channels) {
          int64_t i = k - place / 2, j = l - place % 2;
          if (i < 0 || i >= height || j < 0 || j >= width) std::memset(static_cast<void *>(to), 0, channels * sizeof(T));
          else std::memcpy(to, map + ((n * 2 * height + 2 * i + place / 2) * 2 * width + 2 * j + place % 2) * channels, channels * sizeof(T));
        }
      }
    }
  });
}

at::Tensor interleaved(const at::Tensor &phases) {
  at::Tensor from = channels_last(phases);
  TORCH_CHECK(from.size(1) % 4 == 0, "takes four maps");
  int64_t channels = from.size(1) / 4, height = from.size(2) - 1, width = from.size(3) - 1;
  at::Tensor map = empty_like_map(from, channels, 2 * height, 2 * width);
  with_type(from, [&](auto sample) {
    using T = decltype(sample);
    interleave_rows(from.data_ptr<T>(), map.data_ptr<T>(), from.size(0), channels, height, width);
  });
  return map;
}

at::Tensor parted(const at::Tensor &map) {
  at::Tensor from = channels_last(map);
  int64_t channels = from.size(1), height = from.size(2) / 2, width = from.size(3) / 2;
  at::Tensor phases = empty_like_map(from, 4 * channels, height + 1, width + 1);
  with_type(from, [&](auto sample) {
    using T = decltype(sample);
    part_rows(from.data_ptr<T>(), phases.data_ptr<T>(), from.size(0), channels, height, width);
  });
  return phases;
}

at::Tensor interleave(const at::Tensor &phases);

struct Part : torch::autograd::Function<Part> {
  static at::Tensor forward(AutogradContext *, const at::Tensor &map) {
    at::AutoDispatchBelowADInplaceOrView below;
    return parted(map);
  }
  static variable_list backward(AutogradContext *, variable_list incoming) { return {interleave(incoming[0])}; }
};

struct Interleave : torch::autograd::Function<Interleave> {
  static at::Tensor forward(AutogradContext *, const at::Tensor &phases) {
    at::AutoDispatchBelowADInplaceOrView below;
    return interleaved(phases);
  }
  static variable_list backward(AutogradContext *, variable_list incoming) { return {Part::apply(incoming[0])}; }
};

at::Tensor interleave(const at::Tensor &phases) { return Interleave::apply(phases); }

// --- Sums with a doubled or halved map --------------------------------------------------------------------------------

SAGAN_VECTORS static void add_rows(const float *one, const float *other, float factor, float *sum, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) sum[c] = one[c] + factor * other[c];
}

SAGAN_VECTORS static void add_four(const float *a, const float *b, const float *c, const float *d, float factor, float *sum, int64_t channels) {
  for (int64_t i = 0; i < channels; i++) sum[i] = factor * ((a[i] + b[i]) + (c[i] + d[i]));
}

SAGAN_VECTORS static void rectify_row(const float *x, float *y, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) y[c] = x[c] < 0 ? 0 : x[c];
}

SAGAN_VECTORS static void add_where_positive(const float *rectified, const float *gradient, const float *small, float factor, float *sum, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) {
    float g = gradient[c];
    sum[c] = (rectified[c] > 0 ? g : 0) + factor * small[c];
  }
}

// map + factor · small, each element of the small map four times.
at::Tensor with_doubled(const at::Tensor &map, const at::Tensor &small, double factor) {
  at::Tensor large = channels_last(map), half = channels_last(small.to(map.scalar_type()));
  int64_t channels = large.size(1), height = large.size(2), width = large.size(3);
  TORCH_CHECK(half.size(0) == large.size(0) && half.size(1) == channels && 2 * half.size(2) == height && 2 * half.size(3) == width,
              "takes a map and one of half its sides");
  at::Tensor sum = at::empty_like(large);
  with_type(large, [&](auto sample) {
    using T = decltype(sample);
    const T *from = large.data_ptr<T>(), *other = half.data_ptr<T>();
    T *to = sum.data_ptr<T>();
    at::parallel_for(0, large.size(0) * height, grain(width * channels), [&](int64_t begin, int64_t end) {
      std::vector<float> room(3 * channels);
      for (int64_t row = begin; row < end; row++) {
        int64_t n = row / height, i = row % height;
        for (int64_t j = 0; j < width; j++) {
          int64_t place = (row * width + j) * channels;
          const T *above = other + ((n * height / 2 + i / 2) * width / 2 + j / 2) * channels;
          float *y = target(to + place, room.data());
          add_rows(floats(from + place, room.data() + channels, channels), floats(above, room.data() + 2 * channels, channels),
                   static_cast<float>(factor), y, channels);
          store(to + place, y, channels);
        }
      }
    });
  });
  return sum;
}

// factor · the sum of every 2x2 square; of a map or of its positive part, which is then written, too.
template <bool rectifies>
static std::tuple<at::Tensor, at::Tensor> halved(const at::Tensor &map, double factor) {
  at::Tensor large = channels_last(map);
  int64_t channels = large.size(1), height = large.size(2) / 2, width = large.size(3) / 2;
  TORCH_CHECK(large.size(2) % 2 == 0 && large.size(3) % 2 == 0, "halves even sides");
  at::Tensor half = empty_like_map(large, channels, height, width), positive = rectifies ? at::empty_like(large) : at::Tensor();
  with_type(large, [&](auto sample) {
    using T = decltype(sample);
    const T *from = large.data_ptr<T>();
    T *to = half.data_ptr<T>(), *rectified = rectifies ? positive.data_ptr<T>() : nullptr;
    at::parallel_for(0, large.size(0) * height, grain(4 * width * channels), [&](int64_t begin, int64_t end) {
      std::vector<float> room(6 * channels);
      for (int64_t row = begin; row < end; row++) {
        for (int64_t j = 0; j < width; j++) {
          const float *corner[4];
          for (int64_t k = 0; k < 4; k++) {
            int64_t place = ((2 * row + k / 2) * 2 * width + 2 * j + k % 2) * channels;
            corner[k] = floats(from + place, room.data() + k * channels, channels);
            if constexpr (rectifies) {
              float *y = target(rectified + place, room.data() + 5 * channels);
              rectify_row(corner[k], y, channels);
              store(rectified + place, y, channels);
            }
          }
          int64_t place = (row * width + j) * channels;
          float *y = target(to + place, room.data() + 4 * channels);
          add_four(corner[0], corner[1], corner[2], corner[3], static_cast<float>(factor), y, channels);
          store(to + place, y, channels);
        }
      }
    });
  });
  return {positive, half};
}

struct AddDoubled : torch::autograd::Function<AddDoubled> {
  static at::Tensor forward(AutogradContext *, const at::Tensor &map, const at::Tensor &small) {
    at::AutoDispatchBelowADInplaceOrView below;
    return with_doubled(map, small, 1);
  }
  static variable_list backward(AutogradContext *, variable_list incoming);
};

struct SumSquares : torch::autograd::Function<SumSquares> {
  static at::Tensor forward(AutogradContext *, const at::Tensor &map) {
    at::AutoDispatchBelowADInplaceOrView below;
    return std::get<1>(halved<false>(map, 1));
  }
  static variable_list backward(AutogradContext *, variable_list incoming) {
    const at::Tensor &above = incoming[0];
    at::Tensor nothing = at::zeros({above.size(0), above.size(1), 2 * above.size(2), 2 * above.size(3)}, above.options());
    return {AddDoubled::apply(nothing, above)};
  }
};

variable_list AddDoubled::backward(AutogradContext *, variable_list incoming) { return {incoming[0], SumSquares::apply(incoming[0])}; }

// --- ReLU of a map beside the means of its 2x2 squares: what both ways of a discriminator's block begin with -----------

// The gradient: of the positive part where it is positive, and a quarter of the squares' everywhere.
struct JoinGradients : torch::autograd::Function<JoinGradients> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &positive, const at::Tensor &gradient, const at::Tensor &small) {
    at::AutoDispatchBelowADInplaceOrView below;
    context->save_for_backward({positive});
    at::Tensor kept = channels_last(positive), above = channels_last(gradient), half = channels_last(small);
    int64_t channels = kept.size(1), height = kept.size(2), width = kept.size(3);
    at::Tensor joined = at::empty_like(kept);
    with_type(kept, [&](auto sample) {
      using T = decltype(sample);
      at::parallel_for(0, kept.size(0) * height, grain(width * channels), [&](int64_t begin, int64_t end) {
        std::vector<float> room(4 * channels);
        for (int64_t row = begin; row < end; row++) {
          int64_t n = row / height, i = row % height;
          for (int64_t j = 0; j < width; j++) {
            int64_t place = (row * width + j) * channels, quarter = ((n * height / 2 + i / 2) * width / 2 + j / 2) * channels;
            T *to = joined.data_ptr<T>() + place;
            float *y = target(to, room.data());
            add_where_positive(floats(kept.data_ptr<T>() + place, room.data() + channels, channels),
                               floats(above.data_ptr<T>() + place, room.data() + 2 * channels, channels),
                               floats(half.data_ptr<T>() + quarter, room.data() + 3 * channels, channels), 0.25f, y, channels);
            store(to, y, channels);
          }
        }
      });
    });
    return joined;
  }

  static variable_list backward(AutogradContext *context, variable_list incoming) {
    at::Tensor positive = context->get_saved_variables()[0];
    return {at::Tensor(), incoming[0] * (positive > 0), SumSquares::apply(incoming[0]) * 0.25};
  }
};

struct RectifyAndHalve : torch::autograd::Function<RectifyAndHalve> {
  static variable_list forward(AutogradContext *context, const at::Tensor &map) {
    at::AutoDispatchBelowADInplaceOrView below;
    auto [positive, half] = halved<true>(map, 0.25);
    context->save_for_backward({positive});
    return {positive, half};
  }
  static variable_list backward(AutogradContext *context, variable_list incoming) {
    return {JoinGradients::apply(context->get_saved_variables()[0], incoming[0], incoming[1])};
  }
};

at::Tensor add_doubled(const at::Tensor &map, const at::Tensor &small) { return AddDoubled::apply(map, small); }

std::tuple<at::Tensor, at::Tensor> rectify_and_halve(const at::Tensor &map) {
  variable_list made = RectifyAndHalve::apply(map);
  return {made[0], made[1]};
}

TORCH_LIBRARY_FRAGMENT(sagan, library) {
  library.def("interleave(Tensor phases) -> Tensor", TORCH_FN(interleave));
  library.def("add_doubled(Tensor map, Tensor small) -> Tensor", TORCH_FN(add_doubled));
  library.def("rectify_and_halve(Tensor map) -> (Tensor, Tensor)", TORCH_FN(rectify_and_halve));
}

}  // namespace
}  // namespace sagan::ops
