// A weight divided by its largest singular value as power iteration sees it (Miyato et al. 2018, arXiv:1802.05957, algorithm 1), and its
// gradient. As libtorch's operators that is two dozen of them, and of a large weight six ways through memory each forward and
// backward; here three and two.
#include "gradients.h"
#include "rows.h"
#include "vectors.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace sagan::ops {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t kColumns = 512;   // that a thread sums at a time: they stay in its nearest cache while the rows go by

SAGAN_VECTORS static float dot(const float *one, const float *other, int64_t count) {
  Vector first = {}, second = {}, a, b;
  int64_t i = 0;
  for (; i + 2 * kLanes <= count; i += 2 * kLanes) {
    load(one + i, a);
    load(other + i, b);
    first += a * b;
    load(one + i + kLanes, a);
    load(other + i + kLanes, b);
    second += a * b;
  }
  first += second;
  float sum = sum_of(first);
  for (; i < count; i++) sum += one[i] * other[i];
  return sum;
}

// Four rows at a time, so that sums are read and written a quarter as often.
SAGAN_VECTORS static void add_rows(const float *rows, int64_t stride, const float *factors, int64_t count, float *sums, int64_t columns) {
  int64_t r = 0;
  for (; r + 4 <= count; r += 4) {
    const float *a = rows + r * stride, *b = a + stride, *c = b + stride, *d = c + stride;
    const float p = factors[r], q = factors[r + 1], s = factors[r + 2], t = factors[r + 3];
    for (int64_t i = 0; i < columns; i++) sums[i] += (p * a[i] + q * b[i]) + (s * c[i] + t * d[i]);
  }
  for (; r < count; r++)
    for (int64_t i = 0; i < columns; i++) sums[i] += factors[r] * rows[r * stride + i];
}

SAGAN_VECTORS static void scale(const float *from, float factor, float *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = factor * from[i];
}

SAGAN_VECTORS static void divide(const float *from, float divisor, float *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = from[i] / divisor;
}

SAGAN_VECTORS static void scale_and_add(const float *from, float factor, const float *other, float other_factor, float *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = factor * from[i] + other_factor * other[i];
}

// A weight as a matrix [rows, columns].
struct Matrix {
  const float *values;
  int64_t rows, columns;

  explicit Matrix(const at::Tensor &weight) : values(weight.data_ptr<float>()), rows(weight.size(0)), columns(weight.numel() / weight.size(0)) {}

  // Calls work(first row, row behind the last) in all threads.
  template <typename Work>
  void in_rows(Work work) const {
    at::parallel_for(0, rows, grain(columns), work);
  }

  // matrixᵀ · u and matrix · v.
  void transposed_times(const float *u, float *v) const {
    at::parallel_for(0, (columns + kColumns - 1) / kColumns, grain(rows * kColumns), [&](int64_t begin, int64_t end) {
      for (int64_t first = begin * kColumns; first < std::min(end * kColumns, columns); first += kColumns) {
        const int64_t count = std::min(kColumns, columns - first);
        std::fill_n(v + first, count, 0.f);
        add_rows(values + first, columns, u, rows, v + first, count);
      }
    });
  }

  void times(const float *v, float *u) const {
    in_rows([&](int64_t begin, int64_t end) {
      for (int64_t r = begin; r < end; r++) u[r] = dot(values + r * columns, v, columns);
    });
  }
};

void to_unit(const float *from, float *to, int64_t count, double epsilon) {
  const double norm = std::max(std::sqrt(static_cast<double>(dot(from, from, count))), epsilon);
  scale(from, static_cast<float>(1 / norm), to, count);
}

// The largest singular value; u and v take so many steps before.
float iterated(const Matrix &matrix, float *u, float *v, int64_t iterations, double epsilon) {
  std::vector<float> image(matrix.rows);
  for (int64_t i = 0; i < iterations; i++) {
    matrix.transposed_times(u, v);
    to_unit(v, v, matrix.columns, epsilon);
    matrix.times(v, image.data());
    to_unit(image.data(), u, matrix.rows, epsilon);
  }
  if (iterations == 0) matrix.times(v, image.data());
  return dot(u, image.data(), matrix.rows);
}

struct SpectralNorm : torch::autograd::Function<SpectralNorm> {
  static variable_list forward(AutogradContext *context, const at::Tensor &given_weight, const at::Tensor &u, const at::Tensor &v, int64_t iterations, double epsilon) {
    at::AutoDispatchBelowADInplaceOrView below;
    TORCH_CHECK(given_weight.is_cpu() && given_weight.scalar_type() == at::kFloat && given_weight.numel() > 0, "takes a weight in float32 on the processor");
    at::Tensor weight = given_weight.contiguous();
    const Matrix matrix(weight);
    TORCH_CHECK(u.numel() == matrix.rows && v.numel() == matrix.columns, "a matrix of ", matrix.rows, "x", matrix.columns, " has no singular vectors of ",
                u.numel(), " and ", v.numel());
    at::Tensor left = u.to(at::kFloat).clone(at::MemoryFormat::Contiguous), right = v.to(at::kFloat).clone(at::MemoryFormat::Contiguous);
    const float sigma = iterated(matrix, left.data_ptr<float>(), right.data_ptr<float>(), iterations, epsilon);

    at::Tensor normalized = at::empty_like(weight);
    float *to = normalized.data_ptr<float>();
    matrix.in_rows([&](int64_t begin, int64_t end) {
      divide(matrix.values + begin * matrix.columns, sigma, to + begin * matrix.columns, (end - begin) * matrix.columns);
    });
    context->save_for_backward({given_weight, left, right});
    context->saved_data["sigma"] = static_cast<double>(sigma);
    context->mark_non_differentiable({left, right});
    return {normalized, left, right};
  }

  // Of W / σ with dσ/dW = u·vᵀ: g / σ - (the sum of g · W) / σ² · u·vᵀ.
  static variable_list backward(AutogradContext *context, variable_list incoming) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &weight = saved[0], &u = saved[1], &v = saved[2];
    if (at::GradMode::is_enabled()) {
      at::Tensor sigma = at::dot(u, at::mv(weight.reshape({u.numel(), v.numel()}), v));
      return {differentiable_gradients(weight / sigma, {weight}, incoming[0])[0], at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }

    at::Tensor values = weight.contiguous(), above = incoming[0].to(at::kFloat).contiguous(), gradient = at::empty_like(values);
    const Matrix matrix(values), gradients(above);
    std::vector<float> products(matrix.rows);
    matrix.in_rows([&](int64_t begin, int64_t end) {
      for (int64_t r = begin; r < end; r++) products[r] = dot(matrix.values + r * matrix.columns, gradients.values + r * matrix.columns, matrix.columns);
    });
    double sum = 0;
    for (float product : products) sum += product;

    const double sigma = context->saved_data["sigma"].toDouble(), slope = -sum / (sigma * sigma);
    const float *left = u.data_ptr<float>(), *right = v.data_ptr<float>();
    float *to = gradient.data_ptr<float>();
    matrix.in_rows([&](int64_t begin, int64_t end) {
      for (int64_t r = begin; r < end; r++)
        scale_and_add(gradients.values + r * matrix.columns, static_cast<float>(1 / sigma), right, static_cast<float>(slope * left[r]), to + r * matrix.columns,
                      matrix.columns);
    });
    return {gradient, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

std::tuple<at::Tensor, at::Tensor, at::Tensor> spectral_norm(const at::Tensor &weight, const at::Tensor &u, const at::Tensor &v, int64_t iterations, double epsilon) {
  const variable_list made = SpectralNorm::apply(weight, u, v, iterations, epsilon);
  return {made[0], made[1], made[2]};
}

TORCH_LIBRARY_FRAGMENT(sagan, library) {
  library.def("spectral_norm(Tensor weight, Tensor u, Tensor v, int iterations, float epsilon) -> (Tensor, Tensor, Tensor)", TORCH_FN(spectral_norm));
}

}  // namespace
}  // namespace sagan::ops
