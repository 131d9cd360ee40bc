// Weights of the forms of winograd.h: sums of a kernel's taps, and the kernel that gradients of those sums make, for sixteen outputs
// at a time.
#ifndef SAGAN_OPS_CONV3X3_WEIGHTS_H
#define SAGAN_OPS_CONV3X3_WEIGHTS_H

#include "conv3x3.h"
#include "transposition.h"
#include "vectors.h"

#include <algorithm>

namespace sagan::ops {

class Weights {
 public:
  Weights(Kind kind, const Form &form, int64_t inputs, int64_t outputs)
      : kind_(kind), form_(form), inputs_(inputs), outputs_(outputs), transposed_(transposition()) {}

  // Weighted sums of the taps of the outputs from `output` on: those of the first input to `to`, of the next ones `row` floats further
  // on; those of the next product `apart` floats further on.
  void weigh(const float *kernel, int64_t output, float *to, int64_t row, int64_t apart) const {
    float taps[kTapsOfBlock];
    for (int64_t first = 0; first < inputs_; first += kLanes) {
      read(kernel, first, output, taps);
      for (int64_t i = 0; i < kLanes; i++) form_.weigh(taps + i * kTaps * kLanes, static_cast<float>(kind_.scale), to + (first + i) * row, apart);
    }
  }

  // From the gradients of those sums, which lie as above, those of the taps.
  void unweigh(const float *from, int64_t row, int64_t apart, int64_t output, float *kernel) const {
    float taps[kTapsOfBlock];
    for (int64_t first = 0; first < inputs_; first += kLanes) {
      for (int64_t i = 0; i < kLanes; i++) form_.unweigh(from + (first + i) * row, apart, static_cast<float>(kind_.scale), taps + i * kTaps * kLanes);
      write(taps, first, output, kernel);
    }
  }

 private:
  static constexpr int64_t kTaps = 9, kTapsOfBlock = kLanes * kTaps * kLanes;   // of sixteen inputs and outputs: [inputs, taps, outputs]

  // Of a kernel that leads back, outputs stand in the place of inputs, and taps are mirrored.
  void read(const float *kernel, int64_t input, int64_t output, float *taps) const {
    if (kind_.backwards) {
      // A row of nine is read as one of sixteen, beyond the last one, too.
      float rows[kTaps * kLanes + kLanes] = {}, columns[kLanes * kLanes];
      for (int64_t i = 0; i < kLanes; i++, taps += kTaps * kLanes) {
        std::copy_n(place(kernel, input + i, output), kTaps * kLanes, rows);
        transposed_(rows, kTaps, columns, kLanes);
        for (int64_t k = 0; k < kTaps; k++) std::copy_n(columns + (kTaps - 1 - k) * kLanes, kLanes, taps + k * kLanes);
      }
    } else {
      for (int64_t k = 0; k < kTaps * kLanes; k += kLanes) transposed_(place(kernel, input, output) + k, inputs_ * kTaps, taps + k * kLanes, kLanes);
    }
  }

  void write(const float *taps, int64_t input, int64_t output, float *kernel) const {
    if (kind_.backwards) {
      for (int64_t i = 0; i < kLanes; i++, taps += kTaps * kLanes) {
        float *to = place(kernel, input + i, output);
        for (int64_t lane = 0; lane < kLanes; lane++)
          for (int64_t k = 0; k < kTaps; k++) to[lane * kTaps + kTaps - 1 - k] = taps[k * kLanes + lane];
      }
    } else {
      for (int64_t k = 0; k < kTaps * kLanes; k += kLanes) transposed_(taps + k * kLanes, kLanes, place(kernel, input, output) + k, inputs_ * kTaps);
    }
  }

  // Where the taps from an input to an output begin.
  template <typename T>
  T *place(T *kernel, int64_t input, int64_t output) const {
    return kernel + (kind_.backwards ? input * outputs_ + output : output * inputs_ + input) * kTaps;
  }

  Kind kind_;
  const Form &form_;
  int64_t inputs_, outputs_;
  Transposition transposed_;
};

}  // namespace sagan::ops

#endif
