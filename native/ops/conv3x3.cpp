// 3x3 convolutions that keep the map's sides, alone, behind a doubling of the map, or before the sums of 2x2 squares, in the
// forms of winograd.h. All three are linear in the map and in the kernel, and their gradients are again one of them or the
// gradient of a kernel: so they can be differentiated as often as anyone likes.
//
// Tiles go through in groups that stay in a core's cache: their sums of pixels are made, multiplied and put together before the
// next group's. Every element is summed in the same order however many threads there are.
#include "../value.h"
#include "product.h"
#include "rows.h"
#include "vectors.h"
#include "winograd.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>

namespace sagan::ops {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t kGroupFloats = 1 << 18;   // sums of pixels and products of a group: a megabyte of a core's own cache
constexpr int64_t kFewestTiles = 48;        // of a group: all weights are read once for each
constexpr int64_t kMostTiles = 480;
constexpr int64_t kGradientTiles = 240;     // of a group for a kernel's gradient, at which all threads work
constexpr int64_t kFewestLargeTiles = 64;
constexpr int64_t kProductsByFloat = 16;    // that take as long as a float's way through memory
constexpr int64_t kTaps = 9;

// Sixteen streams a power of two apart would fall upon the same few places of the cache.
constexpr int64_t kApart = kLanes;

// --- A convolution ------------------------------------------------------------------------------------------------------

// Which one: scale · form(map) with the kernel [outputs, inputs, 3, 3], or with the one that leads gradients back: mirrored on
// both sides, inputs and outputs exchanged.
struct Kind {
  enum Resizing : int64_t { none, doubled, halved } resizing;
  bool backwards;
  double scale;

  // Larger tiles of a plain one take fewer products, but more sums of weights, which few tiles are not worth.
  const Form &form(const at::Tensor &map) const {
    if (resizing != none) return resizing == doubled ? kDoubled : kHalved;
    const int64_t side = kLarge.step, tiles = map.size(0) * (map.size(2) / side) * (map.size(3) / side);
    return map.size(2) % side == 0 && map.size(3) % side == 0 && tiles >= kFewestLargeTiles ? kLarge : kPlain;
  }

  // The one of the map's gradient.
  Kind adjoint() const { return {resizing == none ? none : resizing == doubled ? halved : doubled, !backwards, scale}; }

  int64_t inputs(const at::Tensor &kernel) const { return kernel.size(backwards ? 0 : 1); }
  int64_t outputs(const at::Tensor &kernel) const { return kernel.size(backwards ? 1 : 0); }
};

// Where in a kernel in memory the first tap from an input to an output is, and the step to the next one.
struct Taps {
  int64_t first, step;

  Taps(Kind kind, int64_t input, int64_t output, int64_t inputs, int64_t outputs)
      : first(kind.backwards ? (input * outputs + output) * kTaps + kTaps - 1 : (output * inputs + input) * kTaps), step(kind.backwards ? -1 : 1) {}
};

// The grid of tiles over the maps of a batch.
struct Grid {
  const Form &form;
  int64_t height, width, tiles;

  Grid(const Form &form, const at::Tensor &map)
      : form(form), height(map.size(2) / form.step), width(map.size(3) / form.step), tiles(map.size(0) * height * width) {
    TORCH_CHECK(map.size(2) % form.step == 0 && map.size(3) % form.step == 0, "takes even sides, got ", map.size(2), "x", map.size(3));
  }

  // The rows of channels under a tile's corner pixels of a map whose tiles are `side` wide, `step` apart, and begin `before` pixels
  // earlier; outside of the map there is `nothing`.
  template <typename T>
  void pixels(T *map, int64_t channels, int64_t tile, int64_t side, int64_t step, int64_t before, T *nothing, T **found) const {
    int64_t n = tile / (height * width), i = tile / width % height, j = tile % width, rows = height * step, columns = width * step;
    for (int64_t a = 0; a < side; a++)
      for (int64_t b = 0; b < side; b++) {
        int64_t row = i * step + a - before, column = j * step + b - before;
        bool inside = row >= 0 && row < rows && column >= 0 && column < columns;
        *found++ = inside ? map + ((n * rows + row) * columns + column) * channels : nothing;
      }
  }
};

// Pixels as float32: themselves, or copies in a room of their own.
struct Reading {
  std::vector<float> room;
  const float *rows[kMostPixels];

  template <typename T>
  const float *const *of(const T *const *pixels, int64_t count, int64_t channels) {
    if constexpr (!std::is_same_v<T, float>) room.resize(count * channels);
    for (int64_t k = 0; k < count; k++) rows[k] = floats(pixels[k], room.data() + k * channels, channels);
    return rows;
  }
};

at::Tensor weighted(Kind kind, const Form &form, const at::Tensor &kernel, int64_t inputs, int64_t outputs) {
  at::Tensor sums = at::empty({form.products, inputs * outputs}, kernel.options());
  const float *from = kernel.data_ptr<float>();
  float *to = sums.data_ptr<float>();
  at::parallel_for(0, outputs / kLanes, grain(form.products * inputs * kLanes), [&](int64_t begin, int64_t end) {
    float taps[kTaps * kLanes];
    for (int64_t output = begin * kLanes; output < end * kLanes; output += kLanes)
      for (int64_t input = 0; input < inputs; input++) {
        for (int64_t lane = 0; lane < kLanes; lane++) {
          Taps place(kind, input, output + lane, inputs, outputs);
          for (int64_t k = 0; k < kTaps; k++) taps[k * kLanes + lane] = from[place.first + k * place.step];
        }
        form.weigh(taps, static_cast<float>(kind.scale), to + in_panels(input, output, inputs, outputs), inputs * outputs);
      }
  });
  return sums;
}

// Tiles of a group: all threads are to have as many groups.
int64_t group_size(const Form &form, int64_t tiles, int64_t inputs, int64_t outputs) {
  auto quotient = [](int64_t number, int64_t divisor) { return (number + divisor - 1) / divisor; };
  const int64_t most = std::clamp(kGroupFloats / (form.products * inputs + form.distinct() * outputs), kFewestTiles, kMostTiles);
  const int64_t threads = at::get_num_threads(), rounds = quotient(quotient(tiles, most), threads);
  return quotient(quotient(tiles, rounds * threads), kProductRows) * kProductRows;
}

at::Tensor convolved(Kind kind, const at::Tensor &map, const at::Tensor &given_kernel, const OptionalTensor &given_bias) {
  at::Tensor x = channels_last(map), kernel = given_kernel.to(at::kFloat).contiguous();
  const Form &form = kind.form(x);
  const int64_t inputs = kind.inputs(kernel), outputs = kind.outputs(kernel);
  TORCH_CHECK(x.size(1) == inputs, "the kernel takes ", inputs, " channels, the map has ", x.size(1));
  TORCH_CHECK(inputs % kLanes == 0 && outputs % kLanes == 0, "takes channels in multiples of 16");
  const Grid grid(form, x);
  at::Tensor y = empty_like_map(x, outputs, grid.height * form.made, grid.width * form.made);
  at::Tensor bias = given_bias.has_value() && given_bias->defined() ? given_bias->to(at::kFloat).contiguous() : at::zeros({outputs}, kernel.options());
  at::Tensor weights = weighted(kind, form, kernel, inputs, outputs);

  const int64_t taken = form.taken * form.taken, made = form.made * form.made;
  const int64_t size = group_size(form, grid.tiles, inputs, outputs);
  const int64_t entered = size * inputs + kApart, multiplied = size * outputs + kApart;
  with_type(x, [&](auto sample) {
    using T = decltype(sample);
    std::vector<T> nothing(inputs, T(0));
    const T *from = x.data_ptr<T>();
    T *to = y.data_ptr<T>();
    const float *panels = weights.data_ptr<float>(), *biases = bias.data_ptr<float>();
    at::parallel_for(0, (grid.tiles + size - 1) / size, grain(size * form.products * inputs * outputs / kProductsByFloat), [&](int64_t begin, int64_t end) {
      at::Tensor room = at::empty({form.products * entered + form.distinct() * multiplied}, kernel.options());
      float *sums = room.data_ptr<float>(), *products = sums + form.products * entered;
      Reading reading;
      std::vector<float> rounded(std::is_same_v<T, float> ? 0 : made * outputs);
      for (int64_t group = begin; group < end; group++) {
        const int64_t first = group * size, count = std::min(size, grid.tiles - first);
        for (int64_t tile = 0; tile < count; tile++) {
          const T *pixels[kMostPixels];
          grid.pixels<const T>(from, inputs, first + tile, form.taken, form.step, 1, nothing.data(), pixels);
          form.enter(reading.of(pixels, taken, inputs), sums + tile * inputs, entered, inputs);
        }
        for (int64_t t = 0; t < form.products; t++) {
          Product product{sums + t * entered, inputs, false, panels + t * inputs * outputs, products, outputs, count, outputs, inputs, false};
          if (form.distinct() == 1) product.adds = t > 0;
          else product.result += t * multiplied;
          product.compute();
        }
        for (int64_t tile = 0; tile < count; tile++) {
          T *pixels[kMostPixels];
          float *rows[kMostPixels];
          grid.pixels<T>(to, outputs, first + tile, form.made, form.made, 0, nullptr, pixels);
          for (int64_t k = 0; k < made; k++) rows[k] = target(pixels[k], rounded.data() + k * outputs);
          form.leave(products + tile * outputs, multiplied, biases, rows, outputs);
          for (int64_t k = 0; k < made; k++) store(pixels[k], rows[k], outputs);
        }
      }
    });
  });
  return y;
}

at::Tensor unweighted(Kind kind, const Form &form, const at::Tensor &sums, int64_t inputs, int64_t outputs) {
  at::Tensor kernel = kind.backwards ? at::empty({inputs, outputs, 3, 3}, sums.options()) : at::empty({outputs, inputs, 3, 3}, sums.options());
  const float *from = sums.data_ptr<float>();
  float *to = kernel.data_ptr<float>();
  at::parallel_for(0, outputs / kLanes, grain(form.products * inputs * kLanes), [&](int64_t begin, int64_t end) {
    float taps[kTaps * kLanes];
    for (int64_t output = begin * kLanes; output < end * kLanes; output += kLanes)
      for (int64_t input = 0; input < inputs; input++) {
        form.unweigh(from + input * outputs + output, inputs * outputs, static_cast<float>(kind.scale), taps);
        for (int64_t lane = 0; lane < kLanes; lane++) {
          Taps place(kind, input, output + lane, inputs, outputs);
          for (int64_t k = 0; k < kTaps; k++) to[place.first + k * place.step] = taps[k * kLanes + lane];
        }
      }
  });
  return kernel;
}

at::Tensor kernel_gradient(Kind kind, const at::Tensor &map, const at::Tensor &incoming) {
  at::Tensor x = channels_last(map), above = channels_last(incoming.to(map.scalar_type()));
  const Form &form = kind.form(x);
  const int64_t inputs = x.size(1), outputs = above.size(1), taken = form.taken * form.taken, made = form.made * form.made;
  const Grid grid(form, x);
  const int64_t size = std::min(kGradientTiles, grid.tiles);
  at::Tensor sums = at::empty({form.products, inputs, outputs}, x.options().dtype(at::kFloat).memory_format(at::MemoryFormat::Contiguous));
  const int64_t entered = size * inputs + kApart, parted = size * outputs + kApart;
  at::Tensor pixels_sums = at::empty({form.products, entered}, sums.options()), parts = at::empty({form.distinct(), parted}, sums.options());
  float *enter_to = pixels_sums.data_ptr<float>(), *part_to = parts.data_ptr<float>(), *results = sums.data_ptr<float>();
  const int64_t panels = (outputs + kPanel - 1) / kPanel;
  with_type(x, [&](auto sample) {
    using T = decltype(sample);
    std::vector<T> nothing(inputs, T(0));
    const T *from = x.data_ptr<T>(), *gradient = above.data_ptr<T>();
    for (int64_t first = 0; first < grid.tiles; first += size) {
      const int64_t count = std::min(size, grid.tiles - first);
      at::parallel_for(0, count, grain(form.products * (inputs + outputs)), [&](int64_t begin, int64_t end) {
        Reading reading;
        for (int64_t tile = begin; tile < end; tile++) {
          const T *pixels[kMostPixels];
          grid.pixels<const T>(from, inputs, first + tile, form.taken, form.step, 1, nothing.data(), pixels);
          form.enter(reading.of(pixels, taken, inputs), enter_to + tile * inputs, entered, inputs);
          grid.pixels<const T>(gradient, outputs, first + tile, form.made, form.made, 0, nullptr, pixels);
          form.part(reading.of(pixels, made, outputs), part_to, parted, tile, count, outputs);
        }
      });
      at::parallel_for(0, form.products * panels, grain(count * inputs * kPanel / kProductsByFloat), [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; task++) {
          const int64_t t = task / panels, column = task % panels * kPanel;
          const float *panel = part_to + (form.distinct() == 1 ? 0 : t) * parted + column * count;
          Product{enter_to + t * entered, inputs, true, panel, results + t * inputs * outputs + column, outputs, inputs,
                  std::min(kPanel, outputs - column), count, first > 0}
              .compute();
        }
      });
    }
  });
  return unweighted(kind, form, sums, inputs, outputs);
}

// --- Its gradients ------------------------------------------------------------------------------------------------------

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
