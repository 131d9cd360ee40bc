// Batch norm with a gain and a bias for each picture, and ReLU, in two passes over the map; backward in two more.
//
// sagan::conditional_norm keeps nothing for backward but its input: the plain form keeps the normalised map and the sum, too.
// Sums run over 64 pixels in float32 and over these in double precision, picture by picture: the number of threads changes
// no bit of a result.
#include "../value.h"
#include "gradients.h"
#include "rows.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

namespace sagan::ops {
namespace {

constexpr int64_t kBlock = 64;

SAGAN_VECTORS static void add_moments(const float *x, const float *shift, float *sums, float *squares, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) {
    float d = x[c] - shift[c];
    sums[c] += d;
    squares[c] += d * d;
  }
}

SAGAN_VECTORS static void scale_and_shift(const float *x, const float *scale, const float *shift, float *y, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) y[c] = x[c] * scale[c] + shift[c];
}

SAGAN_VECTORS static void rectify(float *y, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) y[c] = y[c] < 0 ? 0 : y[c];
}

// Where y would be 0 behind the ReLU no gradient comes through.
SAGAN_VECTORS static void mask(const float *x, const float *scale, const float *shift, const float *gradient, float *masked, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) {
    float y = x[c] * scale[c] + shift[c], g = gradient[c];
    masked[c] = y > 0 ? g : 0;
  }
}

SAGAN_VECTORS static void add_products(const float *gradient, const float *x, const float *mean, float *sums, float *products, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) {
    sums[c] += gradient[c];
    products[c] += gradient[c] * (x[c] - mean[c]);
  }
}

SAGAN_VECTORS static void input_gradient(const float *gradient, const float *x, const float *mean, const float *factor, const float *slope,
                                  const float *offset, float *result, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) result[c] = gradient[c] * factor[c] - (x[c] - mean[c]) * slope[c] - offset[c];
}

SAGAN_VECTORS static void add_to(const float *part, double *whole, int64_t channels) {
  for (int64_t c = 0; c < channels; c++) whole[c] += part[c];
}

// [N, C] or [C] in float32, or absent.
struct Rows {
  at::Tensor values;
  int64_t stride = 0;

  Rows(const OptionalTensor &given, int64_t count, int64_t channels) {
    if (!given.has_value() || !given->defined()) return;
    values = given->to(at::kFloat).contiguous();
    TORCH_CHECK(values.numel() == channels || values.numel() == count * channels, "gain and bias are [C] or [N, C]");
    stride = values.dim() > 1 ? channels : 0;
  }

  const float *of(int64_t picture) const { return values.defined() ? values.data_ptr<float>() + picture * stride : nullptr; }
};

// y = x · scale + shift for one picture.
void affine(const Rows &gain, const Rows &bias, const float *mean, const float *inverse, int64_t picture, int64_t channels, float *scale, float *shift) {
  const float *gains = gain.of(picture), *biases = bias.of(picture);
  for (int64_t c = 0; c < channels; c++) {
    scale[c] = inverse[c] * (gains ? gains[c] : 1);
    shift[c] = (biases ? biases[c] : 0) - mean[c] * scale[c];
  }
}

template <typename T>
void moments(const T *x, int64_t count, int64_t pixels, int64_t channels, double epsilon, float *mean, float *inverse, double *variance) {
  std::vector<float> shift(channels);
  std::memcpy(shift.data(), floats(x, shift.data(), channels), channels * sizeof(float));
  std::vector<double> sums(count * channels), squares(count * channels);
  at::parallel_for(0, count, grain(pixels * channels), [&](int64_t begin, int64_t end) {
    std::vector<float> room(channels), part(2 * channels);
    for (int64_t n = begin; n < end; n++) {
      for (int64_t first = 0; first < pixels; first += kBlock) {
        std::fill(part.begin(), part.end(), 0.f);
        for (int64_t p = first; p < std::min(first + kBlock, pixels); p++)
          add_moments(floats(x + (n * pixels + p) * channels, room.data(), channels), shift.data(), part.data(), part.data() + channels, channels);
        add_to(part.data(), sums.data() + n * channels, channels);
        add_to(part.data() + channels, squares.data() + n * channels, channels);
      }
    }
  });

  double total = static_cast<double>(count * pixels);
  for (int64_t c = 0; c < channels; c++) {
    double sum = 0, square = 0;
    for (int64_t n = 0; n < count; n++) {
      sum += sums[n * channels + c];
      square += squares[n * channels + c];
    }
    double distance = sum / total;
    variance[c] = std::max(square / total - distance * distance, 0.0);
    mean[c] = static_cast<float>(shift[c] + distance);
    inverse[c] = static_cast<float>(1 / std::sqrt(variance[c] + epsilon));
  }
}

void blend(const OptionalTensor &running, int64_t channels, double momentum, const std::function<double(int64_t)> &value) {
  if (!running.has_value() || !running->defined()) return;
  at::Tensor held = *running;
  TORCH_CHECK(held.is_contiguous() && held.scalar_type() == at::kFloat && held.numel() == channels, "running statistics are [C] in float32");
  float *values = held.data_ptr<float>();
  for (int64_t c = 0; c < channels; c++) values[c] = static_cast<float>((1 - momentum) * values[c] + momentum * value(c));
}

using Made = std::tuple<at::Tensor, at::Tensor, at::Tensor>;

// The map, the means and the inverse deviations that it was normalised with.
Made forward(const at::Tensor &map, const OptionalTensor &gain, const OptionalTensor &bias,
             const OptionalTensor &running_mean, const OptionalTensor &running_variance, bool training,
             double momentum, double epsilon, bool rectifies) {
  at::Tensor x = channels_last(map);
  const int64_t count = x.size(0), channels = x.size(1), pixels = x.size(2) * x.size(3);
  Rows gains(gain, count, channels), biases(bias, count, channels);
  at::Tensor result = at::empty_like(x), mean = at::empty({channels}, x.options().dtype(at::kFloat)), inverse = at::empty_like(mean);
  with_type(x, [&](auto sample) {
    using T = decltype(sample);
    const T *from = x.data_ptr<T>();
    T *to = result.data_ptr<T>();
    float *means = mean.data_ptr<float>(), *inverses = inverse.data_ptr<float>();
    if (training) {
      std::vector<double> variance(channels);
      moments(from, count, pixels, channels, epsilon, means, inverses, variance.data());
      double unbiased = static_cast<double>(count * pixels) / std::max<int64_t>(1, count * pixels - 1);
      blend(running_mean, channels, momentum, [&](int64_t c) { return means[c]; });
      blend(running_variance, channels, momentum, [&](int64_t c) { return variance[c] * unbiased; });
    } else {
      TORCH_CHECK(running_mean.has_value() && running_variance.has_value(), "evaluation needs running statistics");
      mean.copy_(*running_mean);
      inverse.copy_((running_variance->to(at::kDouble) + epsilon).rsqrt());
    }

    at::parallel_for(0, count, grain(pixels * channels), [&](int64_t begin, int64_t end) {
      std::vector<float> room(4 * channels);
      float *scale = room.data(), *shift = scale + channels, *in = shift + channels, *out = in + channels;
      for (int64_t n = begin; n < end; n++) {
        affine(gains, biases, means, inverses, n, channels, scale, shift);
        for (int64_t p = n * pixels; p < (n + 1) * pixels; p++) {
          float *y = target(to + p * channels, out);
          scale_and_shift(floats(from + p * channels, in, channels), scale, shift, y, channels);
          if (rectifies) rectify(y, channels);
          store(to + p * channels, y, channels);
        }
      }
    });
  });
  return {result, mean, inverse};
}

// Gradients of the map, and of gain and bias by picture: [N, C] each.
Made backward(const at::Tensor &incoming, const at::Tensor &map, const OptionalTensor &gain, const OptionalTensor &bias,
              const at::Tensor &mean, const at::Tensor &inverse, bool training, bool rectifies) {
  at::Tensor x = channels_last(map), gradient = channels_last(incoming.to(map.scalar_type()));
  const int64_t count = x.size(0), channels = x.size(1), pixels = x.size(2) * x.size(3);
  Rows gains(gain, count, channels), biases(bias, count, channels);
  at::Tensor result = at::empty_like(x), of_gain = at::empty({count, channels}, mean.options()), of_bias = at::empty_like(of_gain);
  const float *means = mean.data_ptr<float>(), *inverses = inverse.data_ptr<float>();
  with_type(x, [&](auto sample) {
    using T = decltype(sample);
    const T *from = x.data_ptr<T>(), *above = gradient.data_ptr<T>();
    std::vector<double> sums(count * channels), products(count * channels);
    at::parallel_for(0, count, grain(pixels * channels), [&](int64_t begin, int64_t end) {
      std::vector<float> room(7 * channels);
      float *scale = room.data(), *shift = scale + channels, *in = shift + channels, *g = in + channels, *masked = g + channels, *part = masked + channels;
      for (int64_t n = begin; n < end; n++) {
        affine(gains, biases, means, inverses, n, channels, scale, shift);
        for (int64_t first = 0; first < pixels; first += kBlock) {
          std::fill(part, part + 2 * channels, 0.f);
          for (int64_t p = first; p < std::min(first + kBlock, pixels); p++) {
            int64_t place = (n * pixels + p) * channels;
            const float *xs = floats(from + place, in, channels), *gs = floats(above + place, g, channels);
            if (rectifies) {
              mask(xs, scale, shift, gs, masked, channels);
              gs = masked;
            }
            add_products(gs, xs, means, part, part + channels, channels);
          }
          add_to(part, sums.data() + n * channels, channels);
          add_to(part + channels, products.data() + n * channels, channels);
        }
      }
    });

    // What the batch's own mean and deviation answer to the map.
    std::vector<float> slope(channels), offset(channels);
    double total = static_cast<double>(count * pixels);
    float *gain_rows = of_gain.data_ptr<float>(), *bias_rows = of_bias.data_ptr<float>();
    for (int64_t c = 0; c < channels; c++) {
      double sum = 0, product = 0;
      for (int64_t n = 0; n < count; n++) {
        double factor = gains.of(n) ? gains.of(n)[c] : 1;
        double normalised = products[n * channels + c] * inverses[c];
        gain_rows[n * channels + c] = static_cast<float>(normalised);
        bias_rows[n * channels + c] = static_cast<float>(sums[n * channels + c]);
        sum += factor * sums[n * channels + c];
        product += factor * normalised;
      }
      slope[c] = training ? static_cast<float>(inverses[c] * inverses[c] * product / total) : 0;
      offset[c] = training ? static_cast<float>(inverses[c] * sum / total) : 0;
    }

    T *to = result.data_ptr<T>();
    at::parallel_for(0, count, grain(pixels * channels), [&](int64_t begin, int64_t end) {
      std::vector<float> room(6 * channels);
      float *scale = room.data(), *shift = scale + channels, *in = shift + channels, *g = in + channels, *masked = g + channels, *out = masked + channels;
      for (int64_t n = begin; n < end; n++) {
        affine(gains, biases, means, inverses, n, channels, scale, shift);
        for (int64_t p = n * pixels; p < (n + 1) * pixels; p++) {
          const float *xs = floats(from + p * channels, in, channels), *gs = floats(above + p * channels, g, channels);
          if (rectifies) {
            mask(xs, scale, shift, gs, masked, channels);
            gs = masked;
          }
          float *dx = target(to + p * channels, out);
          input_gradient(gs, xs, means, scale, slope.data(), offset.data(), dx, channels);
          store(to + p * channels, dx, channels);
        }
      }
    });
  });
  return {result, of_gain, of_bias};
}

// The same in libtorch's own operators: the reference, and what is differentiated where gradients are themselves differentiated.
at::Tensor plain(const at::Tensor &x, const OptionalTensor &gain, const OptionalTensor &bias, const at::Tensor &mean,
                 const at::Tensor &inverse, bool training, double epsilon, bool rectifies) {
  auto by_channel = [&](const at::Tensor &rows) { return rows.reshape({rows.dim() > 1 ? x.size(0) : 1, x.size(1), 1, 1}); };
  at::Tensor centre = by_channel(mean), factor = by_channel(inverse);
  if (training) {
    centre = x.mean({0, 2, 3}, /*keepdim=*/true);
    factor = ((x - centre).square().mean({0, 2, 3}, /*keepdim=*/true) + epsilon).rsqrt();
  }
  at::Tensor y = (x - centre) * factor;
  if (gain.has_value() && gain->defined()) y = y * by_channel(*gain);
  if (bias.has_value() && bias->defined()) y = y + by_channel(*bias);
  return rectifies ? y.relu() : y;
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor value_or_nothing(const OptionalTensor &tensor) { return tensor.has_value() ? *tensor : at::Tensor(); }

struct ConditionalNorm : torch::autograd::Function<ConditionalNorm> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const OptionalTensor &gain,
                            const OptionalTensor &bias, const OptionalTensor &running_mean,
                            const OptionalTensor &running_variance, bool training, double momentum, double epsilon, bool rectifies) {
    at::AutoDispatchBelowADInplaceOrView below;
    auto [y, mean, inverse] = ops::forward(x, gain, bias, running_mean, running_variance, training, momentum, epsilon, rectifies);
    context->save_for_backward({x, value_or_nothing(gain), value_or_nothing(bias), mean, inverse});
    context->saved_data["training"] = training;
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["rectifies"] = rectifies;
    return y;
  }

  static variable_list backward(AutogradContext *context, variable_list incoming) {
    variable_list saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &gain = saved[1], &bias = saved[2], &mean = saved[3], &inverse = saved[4];
    bool training = context->saved_data["training"].toBool(), rectifies = context->saved_data["rectifies"].toBool();
    double epsilon = context->saved_data["epsilon"].toDouble();

    at::Tensor of_x, of_gain, of_bias;
    if (at::GradMode::is_enabled()) {
      at::Tensor y = plain(x, gain, bias, mean, inverse, training, epsilon, rectifies);
      variable_list found = differentiable_gradients(y, {x, gain, bias}, incoming[0]);
      of_x = found[0];
      of_gain = found[1];
      of_bias = found[2];
    } else {
      std::tie(of_x, of_gain, of_bias) = ops::backward(incoming[0], x, gain, bias, mean, inverse, training, rectifies);
      of_gain = shaped_as(gain, of_gain);
      of_bias = shaped_as(bias, of_bias);
    }
    return {of_x, of_gain, of_bias, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
  }

 private:
  static at::Tensor shaped_as(const at::Tensor &rows, const at::Tensor &gradient) {
    if (!rows.defined()) return at::Tensor();
    return (rows.dim() > 1 ? gradient : gradient.sum(0)).to(rows.scalar_type());
  }
};

at::Tensor conditional_norm(const at::Tensor &x, const OptionalTensor &gain, const OptionalTensor &bias,
                            const OptionalTensor &running_mean, const OptionalTensor &running_variance,
                            bool training, double momentum, double epsilon, bool rectifies) {
  return ConditionalNorm::apply(x, gain, bias, running_mean, running_variance, training, momentum, epsilon, rectifies);
}

TORCH_LIBRARY_FRAGMENT(sagan, library) {
  library.def(
      "conditional_norm(Tensor x, Tensor? gain, Tensor? bias, Tensor(a!)? running_mean, Tensor(b!)? running_variance, "
      "bool training, float momentum, float epsilon, bool rectifies) -> Tensor",
      TORCH_FN(conditional_norm));
}

}  // namespace
}  // namespace sagan::ops
