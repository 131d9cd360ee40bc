#include "softmax.h"

#include "rows.h"
#include "vectors.h"

#include <algorithm>

namespace sagan::ops {
namespace {

// e^x for x <= 0, to 3e-7 near 0 and 2e-6 at -30: 2^n of the nearest whole n, times seven terms of the series of the rest.
SAGAN_INLINE float exponential(float x) {
  constexpr float log2e = 1.44269504f, rounding = 12582912.f;
  // Below 2^-126 there is nothing.
  float exponent = std::max(x * log2e, -126.f), whole = exponent + rounding - rounding, rest = (exponent - whole) * 0.693147181f;
  float series = (1.f / 720 * rest + 1.f / 120) * rest + 1.f / 24;
  series = (((series * rest + 1.f / 6) * rest + 0.5f) * rest + 1) * rest + 1;
  int32_t bits = (static_cast<int32_t>(whole) + 127) << 23;
  float power;
  std::memcpy(&power, &bits, sizeof power);
  return series * power;
}

// Calls work(sums, first lane's place) for every vector of a row, with one of four vectors in turn: a single one would wait for itself.
template <typename Work>
SAGAN_INLINE void in_four_chains(int64_t count, Vector (&chains)[4], Work work) {
  int64_t i = 0;
  for (; i + 4 * kLanes <= count; i += 4 * kLanes)
    for (int64_t chain = 0; chain < 4; chain++) work(chains[chain], i + chain * kLanes);
  for (; i < count; i += kLanes) work(chains[0], i);
}

SAGAN_INLINE float total_of(Vector (&chains)[4]) {
  for (int chain = 1; chain < 4; chain++) chains[0] += chains[chain];
  return sum_of(chains[0]);
}

SAGAN_INLINE float largest(const float *row, int64_t count) {
  Vector chains[4];
  for (Vector &chain : chains) load(row, chain);
  in_four_chains(count, chains, [&](Vector &most, int64_t i) SAGAN_INLINE_LAMBDA {
    Vector part;
    load(row + i, part);
    enlarge(part, most);
  });
  for (int chain = 1; chain < 4; chain++) enlarge(chains[chain], chains[0]);
  float top = chains[0][0];
  for (int64_t lane = 1; lane < kLanes; lane++) top = std::max(top, chains[0][lane]);
  return top;
}

}  // namespace

SAGAN_VECTORS float powers(float *row, int64_t count) {
  const float top = largest(row, count);
  for (int64_t i = 0; i < count; i++) row[i] = exponential(row[i] - top);
  Vector chains[4] = {};
  in_four_chains(count, chains, [&](Vector &sum, int64_t i) SAGAN_INLINE_LAMBDA {
    Vector part;
    load(row + i, part);
    sum += part;
  });
  return 1 / total_of(chains);
}

SAGAN_VECTORS void softmax_gradient(const float *powers, float factor, float *gradient, int64_t count) {
  Vector chains[4] = {};
  in_four_chains(count, chains, [&](Vector &sum, int64_t i) SAGAN_INLINE_LAMBDA {
    Vector part, product;
    load(powers + i, part);
    load(gradient + i, product);
    sum += part * product;
  });
  const float mean = total_of(chains) * factor;
  for (int64_t i = 0; i < count; i++) gradient[i] = factor * powers[i] * (gradient[i] - mean);
}

}  // namespace sagan::ops
