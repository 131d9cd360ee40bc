#include "transposition.h"

#include "vectors.h"

namespace sagan::ops {
namespace {

void by_elements(const float *from, int64_t from_stride, float *to, int64_t to_stride) {
  for (int64_t r = 0; r < kLanes; r++)
    for (int64_t c = 0; c < kLanes; c++) to[c * to_stride + r] = from[r * from_stride + c];
}

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
typedef int32_t Places __attribute__((vector_size(kLanes * sizeof(int32_t))));

// Exchanges what differs in one bit of row and of column: the blocks of `Distance` columns behind the first ones of `a` with the first ones of `b`.
template <int Distance>
SAGAN_INLINE void exchange(Vector *rows) {
  Places first, second;
  for (int i = 0; i < kLanes; i++) {
    const bool behind = i & Distance;
    first[i] = behind ? kLanes + i - Distance : i;
    second[i] = behind ? kLanes + i : i + Distance;
  }
#pragma GCC unroll 16
  for (int r = 0; r < kLanes; r++) {
    if (r & Distance) continue;
    const Vector a = rows[r], b = rows[r + Distance];
    rows[r] = __builtin_shuffle(a, b, first);
    rows[r + Distance] = __builtin_shuffle(a, b, second);
  }
}

// In registers, four times half of what is not yet in its place.
__attribute__((target("avx512f"))) void by_vectors(const float *from, int64_t from_stride, float *to, int64_t to_stride) {
  Vector rows[kLanes];
#pragma GCC unroll 16
  for (int r = 0; r < kLanes; r++) load(from + r * from_stride, rows[r]);
  exchange<8>(rows);
  exchange<4>(rows);
  exchange<2>(rows);
  exchange<1>(rows);
#pragma GCC unroll 16
  for (int r = 0; r < kLanes; r++) keep(rows[r], to + r * to_stride);
}

Transposition best() { return __builtin_cpu_supports("avx512f") ? by_vectors : by_elements; }
#else
Transposition best() { return by_elements; }
#endif

}  // namespace

Transposition transposition() {
  static const Transposition found = best();
  return found;
}

}  // namespace sagan::ops
