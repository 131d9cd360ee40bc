// Sixteen floats at a time, whatever the processor's own vectors hold: compilers split what is too wide for it.
#ifndef SAGAN_OPS_VECTORS_H
#define SAGAN_OPS_VECTORS_H

#include <cstdint>
#include <cstring>

#if defined(__GNUC__)
#define SAGAN_INLINE inline __attribute__((always_inline))
#define SAGAN_INLINE_LAMBDA __attribute__((always_inline))   // of lambdas
#else
#define SAGAN_INLINE inline
#define SAGAN_INLINE_LAMBDA
#endif

namespace sagan::ops {

constexpr int64_t kLanes = 16;

#if defined(__GNUC__)
typedef float Vector __attribute__((vector_size(kLanes * sizeof(float))));
#else
struct Vector {
  float lanes[kLanes];
  float &operator[](int64_t i) { return lanes[i]; }
  float operator[](int64_t i) const { return lanes[i]; }
};
inline Vector &operator+=(Vector &a, const Vector &b) { for (int64_t i = 0; i < kLanes; i++) a[i] += b[i]; return a; }
inline Vector &operator-=(Vector &a, const Vector &b) { for (int64_t i = 0; i < kLanes; i++) a[i] -= b[i]; return a; }
inline Vector operator+(Vector a, const Vector &b) { return a += b; }
inline Vector operator*(Vector a, const Vector &b) { for (int64_t i = 0; i < kLanes; i++) a[i] *= b[i]; return a; }
inline Vector operator*(float s, Vector a) { for (int64_t i = 0; i < kLanes; i++) a[i] *= s; return a; }
#endif

// References, because passing vectors by value has no fixed convention across instruction sets.
SAGAN_INLINE void load(const float *from, Vector &to) { std::memcpy(&to, from, sizeof to); }
SAGAN_INLINE void keep(const Vector &from, float *to) { std::memcpy(to, &from, sizeof from); }

// The larger one of each two elements, into the second. By element compilers would take the vector to pieces.
SAGAN_INLINE void enlarge(const Vector &from, Vector &to) {
#if defined(__GNUC__)
  to = from > to ? from : to;
#else
  for (int64_t i = 0; i < kLanes; i++) to[i] = from[i] > to[i] ? from[i] : to[i];
#endif
}

SAGAN_INLINE float sum_of(const Vector &parts) {
  float sum = 0;
  for (int64_t lane = 0; lane < kLanes; lane++) sum += parts[lane];
  return sum;
}

// The same in pairs, and pairs of those, which rounds otherwise: for sums so many that one lane after another takes as long as what is summed.
SAGAN_INLINE float sum_in_pairs(const Vector &parts) {
  float lanes[kLanes];
  keep(parts, lanes);
  for (int64_t half = kLanes / 2; half > 0; half /= 2)
    for (int64_t lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
  return lanes[0];
}

}  // namespace sagan::ops

#endif
