// Two orders of work. Many tiles go through in groups that stay in a core's cache: their sums of pixels are made, multiplied and put
// together before the next group's, and each group reads all weights. Of few tiles all sums of pixels are made first, and then the
// outputs go through, a panel of channels at a time, whose weights are made, used and forgotten: deep layers on small maps have far more
// sums of weights than of pixels, and memory would be what they wait for.
//
// Every element is summed in the same order however many threads there are.
#include "conv3x3.h"
#include "conv3x3_weights.h"
#include "product.h"
#include "rows.h"
#include "vectors.h"

#include <algorithm>

namespace sagan::ops {
namespace {

constexpr int64_t kGroupFloats = 1 << 18;   // sums of pixels and products of a group: a megabyte of a core's own cache
constexpr int64_t kFewestTiles = 48;        // of a group: all weights are read once for each
constexpr int64_t kMostTiles = 480;
constexpr int64_t kFewTiles = 240;          // up to which outputs go through in panels
constexpr int64_t kGradientTiles = 240;     // of a group for a kernel's gradient, at which all threads work
constexpr int64_t kFewestLargeTiles = 24;
constexpr int64_t kProductsByFloat = 16;    // that take as long as a float's way through memory

// Sixteen streams a power of two apart would fall upon the same few places of the cache.
constexpr int64_t kApart = kLanes;

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

int64_t quotient(int64_t number, int64_t divisor) { return (number + divisor - 1) / divisor; }

// Columns of the panel that begins with `first`.
int64_t panel_width(int64_t first, int64_t outputs) { return std::min(kPanel, outputs - first); }

// One convolution of a map of elements T.
template <typename T>
class Pass {
 public:
  Pass(Kind kind, const Grid &grid, const at::Tensor &x, const at::Tensor &kernel, const at::Tensor &bias, const at::Tensor &y)
      : form_(grid.form), grid_(grid), weights_(kind, grid.form, x.size(1), y.size(1)), inputs_(x.size(1)), outputs_(y.size(1)), from_(x.data_ptr<T>()),
        kernel_(kernel.data_ptr<float>()), biases_(bias.data_ptr<float>()), to_(y.data_ptr<T>()), nothing_(inputs_, T(0)), options_(kernel.options()) {}

  void compute() const {
    if (grid_.tiles <= kFewTiles) by_outputs();
    else by_tiles();
  }

 private:
  void by_tiles() const {
    at::Tensor sums_of_weights = all_weights();
    const float *panels = sums_of_weights.data_ptr<float>();
    const int64_t size = group_size(), entered = size * inputs_ + kApart, multiplied = size * outputs_ + kApart;
    at::parallel_for(0, quotient(grid_.tiles, size), grain(size * form_.products * inputs_ * outputs_ / kProductsByFloat), [&](int64_t begin, int64_t end) {
      at::Tensor room = at::empty({form_.products * entered + form_.distinct() * multiplied}, options_);
      float *sums = room.data_ptr<float>(), *products = sums + form_.products * entered;
      for (int64_t group = begin; group < end; group++) {
        const int64_t first = group * size, count = std::min(size, grid_.tiles - first);
        enter(first, count, sums, entered);
        multiply(sums, entered, panels, count, outputs_, products, multiplied);
        leave(first, count, products, multiplied, 0, outputs_);
      }
    });
  }

  void by_outputs() const {
    const int64_t tiles = grid_.tiles, entered = tiles * inputs_ + kApart, multiplied = tiles * kPanel + kApart;
    at::Tensor sums_of_pixels = at::empty({form_.products * entered}, options_);
    float *sums = sums_of_pixels.data_ptr<float>();
    at::parallel_for(0, tiles, grain(form_.products * inputs_), [&](int64_t begin, int64_t end) { enter(begin, end - begin, sums + begin * inputs_, entered); });

    const int64_t weights = form_.products * inputs_ * kPanel;
    at::parallel_for(0, quotient(outputs_, kPanel), grain(tiles * weights / kProductsByFloat), [&](int64_t begin, int64_t end) {
      at::Tensor room = at::empty({weights + form_.distinct() * multiplied}, options_);
      float *panel = room.data_ptr<float>(), *products = panel + weights;
      for (int64_t first = begin * kPanel; first < std::min(end * kPanel, outputs_); first += kPanel) {
        const int64_t width = panel_width(first, outputs_);
        for (int64_t column = 0; column < width; column += kLanes) weights_.weigh(kernel_, first + column, panel + column, width, inputs_ * width);
        multiply(sums, entered, panel, tiles, width, products, multiplied);
        leave(0, tiles, products, multiplied, first, width);
      }
    });
  }

  at::Tensor all_weights() const {
    at::Tensor sums = at::empty({form_.products, inputs_ * outputs_}, options_);
    float *to = sums.data_ptr<float>();
    at::parallel_for(0, outputs_ / kLanes, grain(form_.products * inputs_ * kLanes), [&](int64_t begin, int64_t end) {
      for (int64_t output = begin * kLanes; output < end * kLanes; output += kLanes)
        weights_.weigh(kernel_, output, to + in_panels(0, output, inputs_, outputs_), panel_width(output / kPanel * kPanel, outputs_), inputs_ * outputs_);
    });
    return sums;
  }

  // Tiles of a group: all threads are to have as many groups.
  int64_t group_size() const {
    const int64_t most = std::clamp(kGroupFloats / (form_.products * inputs_ + form_.distinct() * outputs_), kFewestTiles, kMostTiles);
    const int64_t threads = at::get_num_threads(), rounds = quotient(quotient(grid_.tiles, most), threads);
    return quotient(quotient(grid_.tiles, rounds * threads), kProductRows) * kProductRows;
  }

  void enter(int64_t first, int64_t count, float *sums, int64_t apart) const {
    Reading reading;
    const T *pixels[kMostPixels];
    for (int64_t tile = 0; tile < count; tile++) {
      grid_.template pixels<const T>(from_, inputs_, first + tile, form_.taken, form_.step, 1, nothing_.data(), pixels);
      form_.enter(reading.of(pixels, form_.taken * form_.taken, inputs_), sums + tile * inputs_, apart, inputs_);
    }
  }

  void multiply(const float *sums, int64_t entered, const float *panels, int64_t tiles, int64_t outputs, float *products, int64_t multiplied) const {
    for (int64_t t = 0; t < form_.products; t++) {
      Product product{sums + t * entered, inputs_, false, panels + t * inputs_ * outputs, products, outputs, tiles, outputs, inputs_, false};
      if (form_.distinct() == 1) product.adds = t > 0;
      else product.result += t * multiplied;
      product.compute();
    }
  }

  // Pixels of the outputs from `output` on, `channels` of them.
  void leave(int64_t first, int64_t count, const float *products, int64_t multiplied, int64_t output, int64_t channels) const {
    const int64_t made = form_.made * form_.made;
    std::vector<float> rounded(std::is_same_v<T, float> ? 0 : made * channels);
    T *pixels[kMostPixels];
    float *rows[kMostPixels];
    for (int64_t tile = 0; tile < count; tile++) {
      grid_.template pixels<T>(to_, outputs_, first + tile, form_.made, form_.made, 0, nullptr, pixels);
      for (int64_t k = 0; k < made; k++) rows[k] = target(pixels[k] + output, rounded.data() + k * channels);
      form_.leave(products + tile * channels, multiplied, biases_ + output, rows, channels);
      for (int64_t k = 0; k < made; k++) store(pixels[k] + output, rows[k], channels);
    }
  }

  const Form &form_;
  const Grid &grid_;
  const Weights weights_;
  const int64_t inputs_, outputs_;
  const T *const from_;
  const float *const kernel_, *const biases_;
  T *const to_;
  const std::vector<T> nothing_;
  const at::TensorOptions options_;
};

// The gradient of a kernel from a map of elements T and the gradient above it.
template <typename T>
class GradientPass {
 public:
  GradientPass(Kind kind, const Grid &grid, const at::Tensor &x, const at::Tensor &above, const at::Tensor &kernel)
      : form_(grid.form), grid_(grid), weights_(kind, grid.form, x.size(1), above.size(1)), inputs_(x.size(1)), outputs_(above.size(1)),
        size_(std::min(kGradientTiles, grid.tiles)), entered_(size_ * inputs_ + kApart), parted_(size_ * outputs_ + kApart), from_(x.data_ptr<T>()),
        gradient_(above.data_ptr<T>()), to_(kernel.data_ptr<float>()), nothing_(inputs_, T(0)), options_(kernel.options()),
        sums_(at::empty({form_.products * entered_ + form_.distinct() * parted_}, options_)) {}

  void compute() const {
    if (grid_.tiles <= size_) by_outputs();
    else by_products();
  }

 private:
  // All products of a panel of outputs, and what they make of the kernel.
  void by_outputs() const {
    enter_and_part(0, size_);
    const int64_t floats = form_.products * inputs_ * kPanel;
    at::parallel_for(0, quotient(outputs_, kPanel), grain(size_ * floats / kProductsByFloat), [&](int64_t begin, int64_t end) {
      at::Tensor room = at::empty({floats}, options_);
      float *results = room.data_ptr<float>();
      for (int64_t first = begin * kPanel; first < std::min(end * kPanel, outputs_); first += kPanel) {
        const int64_t width = panel_width(first, outputs_);
        for (int64_t t = 0; t < form_.products; t++) multiply(t, first, size_, results + t * inputs_ * width, width, false);
        for (int64_t column = 0; column < width; column += kLanes) weights_.unweigh(results + column, width, inputs_ * width, first + column, to_);
      }
    });
  }

  // Group by group every product of every panel, and the kernel at last.
  void by_products() const {
    at::Tensor gradients = at::empty({form_.products, inputs_, outputs_}, options_);
    float *results = gradients.data_ptr<float>();
    const int64_t panels = quotient(outputs_, kPanel);
    for (int64_t start = 0; start < grid_.tiles; start += size_) {
      const int64_t count = std::min(size_, grid_.tiles - start);
      enter_and_part(start, count);
      at::parallel_for(0, form_.products * panels, grain(count * inputs_ * kPanel / kProductsByFloat), [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; task++) {
          const int64_t t = task / panels, first = task % panels * kPanel;
          multiply(t, first, count, results + t * inputs_ * outputs_ + first, outputs_, start > 0);
        }
      });
    }
    at::parallel_for(0, outputs_ / kLanes, grain(form_.products * inputs_ * kLanes), [&](int64_t begin, int64_t end) {
      for (int64_t output = begin * kLanes; output < end * kLanes; output += kLanes)
        weights_.unweigh(results + output, outputs_, inputs_ * outputs_, output, to_);
    });
  }

  void enter_and_part(int64_t start, int64_t count) const {
    float *entered = sums_.data_ptr<float>(), *parts = entered + form_.products * entered_;
    at::parallel_for(0, count, grain(form_.products * (inputs_ + outputs_)), [&](int64_t begin, int64_t end) {
      Reading reading;
      const T *pixels[kMostPixels];
      for (int64_t tile = begin; tile < end; tile++) {
        grid_.template pixels<const T>(from_, inputs_, start + tile, form_.taken, form_.step, 1, nothing_.data(), pixels);
        form_.enter(reading.of(pixels, form_.taken * form_.taken, inputs_), entered + tile * inputs_, entered_, inputs_);
        grid_.template pixels<const T>(gradient_, outputs_, start + tile, form_.made, form_.made, 0, nullptr, pixels);
        form_.part(reading.of(pixels, form_.made * form_.made, outputs_), parts, parted_, tile, count, outputs_);
      }
    });
  }

  // Of one product the gradients [inputs, outputs] of the panel that begins with output `first`, rows `stride` apart.
  void multiply(int64_t t, int64_t first, int64_t tiles, float *result, int64_t stride, bool adds) const {
    const float *entered = sums_.data_ptr<float>(), *parts = entered + form_.products * entered_ + (form_.distinct() == 1 ? 0 : t) * parted_;
    Product{entered + t * entered_, inputs_, true, parts + first * tiles, result, stride, inputs_, panel_width(first, outputs_), tiles, adds}.compute();
  }

  const Form &form_;
  const Grid &grid_;
  const Weights weights_;
  const int64_t inputs_, outputs_, size_, entered_, parted_;   // tiles of a group; floats from a sum of pixels to the next, and of gradients
  const T *const from_, *const gradient_;
  float *const to_;
  const std::vector<T> nothing_;
  const at::TensorOptions options_;
  const at::Tensor sums_;
};

}  // namespace

// Larger tiles of a plain convolution take fewer products, but more sums of weights, which few tiles are not worth.
const Form &Kind::form(const at::Tensor &map) const {
  if (resizing != none) return resizing == doubled ? kDoubled : kHalved;
  const int64_t side = kLarge.step, tiles = map.size(0) * (map.size(2) / side) * (map.size(3) / side);
  return map.size(2) % side == 0 && map.size(3) % side == 0 && tiles >= kFewestLargeTiles ? kLarge : kPlain;
}

at::Tensor convolved(Kind kind, const at::Tensor &map, const at::Tensor &given_kernel, const OptionalTensor &given_bias) {
  at::Tensor x = channels_last(map), kernel = given_kernel.to(at::kFloat).contiguous();
  const int64_t inputs = kind.inputs(kernel), outputs = kind.outputs(kernel);
  TORCH_CHECK(x.size(1) == inputs, "the kernel takes ", inputs, " channels, the map has ", x.size(1));
  TORCH_CHECK(inputs % kLanes == 0 && outputs % kLanes == 0, "takes channels in multiples of 16");
  const Form &form = kind.form(x);
  const Grid grid(form, x);
  at::Tensor y = empty_like_map(x, outputs, grid.height * form.made, grid.width * form.made);
  at::Tensor bias = given_bias.has_value() && given_bias->defined() ? given_bias->to(at::kFloat).contiguous() : at::zeros({outputs}, kernel.options());
  with_type(x, [&](auto sample) { Pass<decltype(sample)>(kind, grid, x, kernel, bias, y).compute(); });
  return y;
}

at::Tensor kernel_gradient(Kind kind, const at::Tensor &map, const at::Tensor &incoming) {
  at::Tensor x = channels_last(map), above = channels_last(incoming.to(map.scalar_type()));
  const int64_t inputs = x.size(1), outputs = above.size(1);
  const Grid grid(kind.form(x), x);
  const auto options = x.options().dtype(at::kFloat).memory_format(at::MemoryFormat::Contiguous);
  at::Tensor kernel = kind.backwards ? at::empty({inputs, outputs, 3, 3}, options) : at::empty({outputs, inputs, 3, 3}, options);
  with_type(x, [&](auto sample) { GradientPass<decltype(sample)>(kind, grid, x, above, kernel).compute(); });
  return kernel;
}

}  // namespace sagan::ops
