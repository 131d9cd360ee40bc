// A step of Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1) in one pass over the weights. As libtorch's operators over lists of
// tensors it takes nine, through memory where there are millions of weights.
#include "../value.h"
#include "rows.h"

#include <ATen/Parallel.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace sagan::ops {
namespace {

constexpr int64_t kPart = 1 << 14;   // elements that go by at once

struct Rates {
  float kept_mean, new_mean, kept_square, new_square, rate, root, epsilon;
};

SAGAN_VECTORS static void move(float *value, const float *gradient, float *mean, float *square, int64_t count, const Rates &rates) {
  for (int64_t i = 0; i < count; i++) {
    float g = gradient[i], m = rates.kept_mean * mean[i] + rates.new_mean * g, s = rates.kept_square * square[i] + rates.new_square * g * g;
    mean[i] = m;
    square[i] = s;
    value[i] -= rates.rate * m / (std::sqrt(s) * rates.root + rates.epsilon);
  }
}

// Without a first moment gradients are their own mean.
SAGAN_VECTORS static void move_by_gradient(float *value, const float *gradient, float *square, int64_t count, const Rates &rates) {
  for (int64_t i = 0; i < count; i++) {
    float g = gradient[i], s = rates.kept_square * square[i] + rates.new_square * g * g;
    square[i] = s;
    value[i] -= rates.rate * g / (std::sqrt(s) * rates.root + rates.epsilon);
  }
}

struct Part {
  float *value;
  const float *gradient;
  float *mean, *square;
  int64_t count;
};

// rate and correction already hold the corrections for the moments' beginning at 0: rate / (1 - beta1^t), 1 / (1 - beta2^t).
void adam(at::TensorList values, at::TensorList gradients, at::TensorList means, at::TensorList squares, double beta1, double beta2, double rate,
          double correction, double epsilon) {
  TORCH_CHECK(gradients.size() == values.size() && squares.size() == values.size(), "takes a gradient and a mean square for each tensor");
  TORCH_CHECK(means.empty() || means.size() == values.size(), "takes a mean for each tensor, or none at all");
  std::vector<at::Tensor> kept;
  std::vector<Part> parts;
  for (size_t i = 0; i < values.size(); i++) {
    auto like_value = [&](const at::Tensor &tensor) {
      TORCH_CHECK(tensor.is_cpu() && tensor.scalar_type() == at::kFloat, "takes float32 on the processor");
      TORCH_CHECK(tensor.sizes() == values[i].sizes(), "takes tensors of one shape, got ", tensor.sizes(), " beside ", values[i].sizes());
      return tensor.data_ptr<float>();
    };
    TORCH_CHECK(values[i].is_contiguous() && squares[i].is_contiguous() && (means.empty() || means[i].is_contiguous()), "takes contiguous weights and moments");
    kept.push_back(gradients[i].contiguous());
    float *value = like_value(values[i]), *square = like_value(squares[i]), *mean = means.empty() ? nullptr : like_value(means[i]);
    const float *gradient = like_value(kept.back());
    for (int64_t first = 0, count = values[i].numel(); first < count; first += kPart)
      parts.push_back({value + first, gradient + first, mean ? mean + first : nullptr, square + first, std::min(kPart, count - first)});
  }

  // Complements are taken before rounding: of 0.999 in single precision they would be off by a twenty-thousandth.
  auto narrow = [](double number) { return static_cast<float>(number); };
  const Rates rates = {narrow(beta1), narrow(1 - beta1), narrow(beta2), narrow(1 - beta2), narrow(rate), narrow(std::sqrt(correction)), narrow(epsilon)};
  at::parallel_for(0, static_cast<int64_t>(parts.size()), grain(kPart), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const Part &part = parts[i];
      if (part.mean) move(part.value, part.gradient, part.mean, part.square, part.count, rates);
      else move_by_gradient(part.value, part.gradient, part.square, part.count, rates);
    }
  });

  // Who kept a weight for a backward pass is to hear that it is another one now.
  for (at::TensorList changed : {values, means, squares})
    for (const at::Tensor &tensor : changed) tensor.unsafeGetTensorImpl()->bump_version();
}

TORCH_LIBRARY_FRAGMENT(sagan, library) {
  library.def("adam(Tensor[] values, Tensor[] gradients, Tensor[] means, Tensor[] squares, float beta1, float beta2, float rate, float correction, "
              "float epsilon) -> ()",
              TORCH_FN(adam));
}

}  // namespace
}  // namespace sagan::ops
