// Weights of the forms of winograd.h: sums of a kernel's taps, and the kernel that gradients of those sums make, for sixteen outputs
// at a time.
#ifndef SAGAN_OPS_CONV3X3_WEIGHTS_H
#define SAGAN_OPS_CONV3X3_WEIGHTS_H

#include "conv3x3.h"
#include "vectors.h"

namespace sagan::ops {

class Weights {
 public:
  Weights(Kind kind, const Form &form, int64_t inputs, int64_t outputs) : inputs(inputs), kind_(kind), form_(form), outputs_(outputs) {}

  // Weighted sums of the taps of the outputs from `output` on: those of the first input to `to`, of the next ones `row` floats further
  // on; those of the next product `apart` floats further on.
  void weigh(const float *kernel, int64_t output, float *to, int64_t row, int64_t apart) const {
    float taps[kTaps * kLanes];
    for (int64_t input = 0; input < inputs; input++) {
      each_tap(input, output, [&](int64_t tap, int64_t place) { taps[tap] = kernel[place]; });
      form_.weigh(taps, static_cast<float>(kind_.scale), to + input * row, apart);
    }
  }

  // From the gradients of those sums, which lie as above, those of the taps.
  void unweigh(const float *from, int64_t row, int64_t apart, int64_t output, float *kernel) const {
    float taps[kTaps * kLanes];
    for (int64_t input = 0; input < inputs; input++) {
      form_.unweigh(from + input * row, apart, static_cast<float>(kind_.scale), taps);
      each_tap(input, output, [&](int64_t tap, int64_t place) { kernel[place] = taps[tap]; });
    }
  }

  const int64_t inputs;

 private:
  static constexpr int64_t kTaps = 9;

  // Calls work(place among the taps of sixteen outputs, place in the kernel).
  template <typename Work>
  SAGAN_INLINE void each_tap(int64_t input, int64_t output, Work work) const {
    for (int64_t lane = 0; lane < kLanes; lane++) {
      const int64_t pair = kind_.backwards ? input * outputs_ + output + lane : (output + lane) * inputs + input;
      for (int64_t k = 0; k < kTaps; k++) work(k * kLanes + lane, pair * kTaps + (kind_.backwards ? kTaps - 1 - k : k));
    }
  }

  Kind kind_;
  const Form &form_;
  int64_t outputs_;
};

}  // namespace sagan::ops

#endif
