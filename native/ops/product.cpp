#include "product.h"

#include "vectors.h"

namespace sagan::ops {
namespace {

// `Rows` rows of `Vectors` vectors stay in registers while the depth goes by.
template <int Rows, int Vectors, bool Upright>
SAGAN_INLINE void tile(const Product &product, const float *factor, const float *panel, float *result) {
  const int64_t stride = product.stride, to = product.result_stride, step = product.flat ? product.flat : Vectors * kLanes;
  Vector sums[Rows][Vectors] = {};
  if (product.adds)
    for (int r = 0; r < Rows; r++)
      for (int v = 0; v < Vectors; v++) load(result + r * to + v * kLanes, sums[r][v]);
  for (int64_t d = 0; d < product.depth; d++, panel += step) {
    Vector row[Vectors];
    for (int v = 0; v < Vectors; v++) load(panel + v * kLanes, row[v]);
#pragma GCC unroll 12
    for (int r = 0; r < Rows; r++) {
      float element = Upright ? factor[d * stride + r] : factor[r * stride + d];
      for (int v = 0; v < Vectors; v++) sums[r][v] += element * row[v];
    }
  }
  for (int r = 0; r < Rows; r++)
    for (int v = 0; v < Vectors; v++) keep(sums[r][v], result + r * to + v * kLanes);
}

template <int Rows, int Vectors, bool Upright>
SAGAN_INLINE int64_t tiles(const Product &product, int64_t first, const float *panel, float *result) {
  for (; first + Rows <= product.rows; first += Rows)
    tile<Rows, Vectors, Upright>(product, product.factor + (Upright ? first : first * product.stride), panel, result + first * product.result_stride);
  return first;
}

template <int64_t Most, int Vectors, bool Upright>
SAGAN_INLINE void panel_of(const Product &product, const float *panel, float *result) {
  int64_t first = tiles<Most, Vectors, Upright>(product, 0, panel, result);
  if constexpr (Most > 8) first = tiles<8, Vectors, Upright>(product, first, panel, result);
  if constexpr (Most > 4) first = tiles<4, Vectors, Upright>(product, first, panel, result);
  if constexpr (Most > 2) first = tiles<2, Vectors, Upright>(product, first, panel, result);
  tiles<1, Vectors, Upright>(product, first, panel, result);
}

template <int64_t Most, bool Upright>
SAGAN_INLINE void panels_of(const Product &product) {
  for (int64_t column = 0; column < product.columns; column += kPanel) {
    const float *panel = product.panels + (product.flat ? column : column * product.depth);
    if (product.columns - column >= kPanel) panel_of<Most, 2, Upright>(product, panel, product.result + column);
    else panel_of<Most, 1, Upright>(product, panel, product.result + column);
  }
}

// Sums of 12 rows fill three quarters of 32 registers of 16 floats, those of 3 rows as much of 16 registers of 8.
template <int64_t Most>
SAGAN_INLINE void product_of(const Product &product) {
  if (product.upright) panels_of<Most, true>(product);
  else panels_of<Most, false>(product);
}

using Computation = void (*)(const Product &);

#if defined(__GNUC__) && defined(__x86_64__)
__attribute__((target("avx512f,fma"))) void with_avx512(const Product &product) { product_of<kProductRows>(product); }
__attribute__((target("avx2,fma"))) void with_avx2(const Product &product) { product_of<3>(product); }
void with_sse2(const Product &product) { product_of<1>(product); }

Computation best() {
  if (__builtin_cpu_supports("avx512f")) return with_avx512;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? with_avx2 : with_sse2;
}
#else
void anywhere(const Product &product) { product_of<3>(product); }

Computation best() { return anywhere; }
#endif

}  // namespace

void Product::compute() const {
  static const Computation computation = best();
  computation(*this);
}

}  // namespace sagan::ops
