// 3x3 convolutions with fewer products: what is multiplied are sums of pixels with sums of weights.
//
// Every form is y = Aᵀ [(G w Gᵀ) · (B x Bᵀ)] A for one tile of the map after another (Winograd 1980; Lavin and Gray 2016,
// arXiv:1509.09308, section 4), where · is a product of matrices over the channels for each of the elements in the brackets.
// Plain is theirs, F(2x2, 3x3): 16 products for four pixels in place of 36; Large is F(4x4, 3x3), 36 for sixteen in place of 144,
// made with the points 0, ±3/4, ±3/2 where they take 0, ±1, ±2: that halves the error, to some 1e-6 of the largest value.
// Behind a doubling of the map, three different taps meet only two different pixels on each side: with s = w0 + w1 + w2,
//   y[2i] = s·x[i] - w0·(x[i] - x[i-1]),   y[2i+1] = s·x[i] + w2·(x[i+1] - x[i]),
// which makes 9 products for four pixels. Sums of 2x2 squares behind the convolution are the same, the other way round:
//   y[i] = s·(x[2i] + x[2i+1]) + w0·(x[2i-1] - x[2i+1]) + w2·(x[2i+2] - x[2i]).
#ifndef SAGAN_OPS_WINOGRAD_H
#define SAGAN_OPS_WINOGRAD_H

#include <cstdint>

namespace sagan::ops {

// What a form does with a tile and with a kernel, sixteen channels at a time. A tile reads taken² pixels from one before `step`
// times its place, and makes made² pixels.
struct Form {
  int64_t taken, products, made, step;

  // From taken² pixels the sums that are multiplied, `apart` floats from one another.
  void (*enter)(const float *const *pixels, float *to, int64_t apart, int64_t channels);

  // From the products made² pixels. Where only their sum counts, they come summed up.
  void (*leave)(const float *from, int64_t apart, const float *bias, float *const *pixels, int64_t channels);

  // From made² pixels' gradients those of the products, each in panels (product.h) of `tiles` rows.
  void (*part)(const float *const *pixels, float *panels, int64_t apart, int64_t tile, int64_t tiles, int64_t channels);

  // From the nine taps of sixteen kernels their weighted sums.
  void (*weigh)(const float *taps, float scale, float *to, int64_t apart);

  // From the sums' gradients those of the nine taps.
  void (*unweigh)(const float *from, int64_t apart, float scale, float *taps);

  // Products that are told apart behind the multiplication.
  int64_t distinct() const { return made == 1 ? 1 : products; }
};

extern const Form kPlain, kLarge, kDoubled, kHalved;
constexpr int64_t kMostPixels = 36;   // that a tile of any form reads

}  // namespace sagan::ops

#endif
