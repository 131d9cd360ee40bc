// The matrices of the forms, and what is made of them.
#include "winograd.h"

#include "product.h"
#include "rows.h"
#include "vectors.h"

namespace sagan::ops {
namespace {

// Sums of pixels, sums of weights, and sums of their products that are the result, each on either side.
struct PlainSums {
  static constexpr int kTaken = 4, kProducts = 4, kMade = 2, kStep = 2;
  static constexpr float kPixels[kProducts][kTaken] = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
  static constexpr float kWeights[kProducts][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
  static constexpr float kSums[kMade][kProducts] = {{1, 1, 1, 0}, {0, 1, -1, -1}};
};

struct LargeSums {
  static constexpr int kTaken = 6, kProducts = 6, kMade = 4, kStep = 4;
  static constexpr float kPixels[kProducts][kTaken] = {{81 / 64.f, 0, -45 / 16.f, 0, 1, 0},           {0, -27 / 16.f, -9 / 4.f, 3 / 4.f, 1, 0},
                                                       {0, 27 / 16.f, -9 / 4.f, -3 / 4.f, 1, 0},      {0, -27 / 32.f, -9 / 16.f, 3 / 2.f, 1, 0},
                                                       {0, 27 / 32.f, -9 / 16.f, -3 / 2.f, 1, 0},     {0, 81 / 64.f, 0, -45 / 16.f, 0, 1}};
  static constexpr float kWeights[kProducts][3] = {{64 / 81.f, 0, 0},
                                                   {-128 / 243.f, -32 / 81.f, -8 / 27.f},
                                                   {-128 / 243.f, 32 / 81.f, -8 / 27.f},
                                                   {32 / 243.f, 16 / 81.f, 8 / 27.f},
                                                   {32 / 243.f, -16 / 81.f, 8 / 27.f},
                                                   {0, 0, 1}};
  static constexpr float kSums[kMade][kProducts] = {{1, 1, 1, 1, 1, 0},
                                                    {0, 3 / 4.f, -3 / 4.f, 3 / 2.f, -3 / 2.f, 0},
                                                    {0, 9 / 16.f, 9 / 16.f, 9 / 4.f, 9 / 4.f, 0},
                                                    {0, 27 / 64.f, -27 / 64.f, 27 / 8.f, -27 / 8.f, 1}};
};

struct DoubledSums {
  static constexpr int kTaken = 3, kProducts = 3, kMade = 2, kStep = 1;
  static constexpr float kPixels[kProducts][kTaken] = {{0, 1, 0}, {-1, 1, 0}, {0, -1, 1}};
  static constexpr float kWeights[kProducts][3] = {{1, 1, 1}, {-1, 0, 0}, {0, 0, 1}};
  static constexpr float kSums[kMade][kProducts] = {{1, 1, 0}, {1, 0, 1}};
};

struct HalvedSums {
  static constexpr int kTaken = 4, kProducts = 3, kMade = 1, kStep = 2;
  static constexpr float kPixels[kProducts][kTaken] = {{0, 1, 1, 0}, {1, 0, -1, 0}, {0, -1, 0, 1}};
  static constexpr float kWeights[kProducts][3] = {{1, 1, 1}, {1, 0, 0}, {0, 0, 1}};
  static constexpr float kSums[kMade][kProducts] = {{1, 1, 1}};
};

// Adds factor · from to sum, which is nothing yet where `begun` is false. Factors are constants: those of 0 and ±1 cost no multiplication.
SAGAN_INLINE void add(float factor, const Vector &from, Vector &sum, bool &begun) {
  if (factor == 0) return;
  if (!begun) sum = factor == 1 ? from : factor * from;
  else if (factor == 1) sum += from;
  else if (factor == -1) sum -= from;
  else sum += factor * from;
  begun = true;
}

// matrix · x · matrixᵀ of a square x: take(row, column, vector) says what x has there, give(row, column, vector) gets the result.
template <int Rows, int Columns, typename Take, typename Give>
SAGAN_INLINE void on_both_sides(const float (&matrix)[Rows][Columns], Take take, Give give) {
  Vector half[Rows][Columns];
#pragma GCC unroll 6
  for (int c = 0; c < Columns; c++) {
    Vector column[Columns];
#pragma GCC unroll 6
    for (int k = 0; k < Columns; k++) take(k, c, column[k]);
#pragma GCC unroll 6
    for (int r = 0; r < Rows; r++) {
      bool begun = false;
#pragma GCC unroll 6
      for (int k = 0; k < Columns; k++) add(matrix[r][k], column[k], half[r][c], begun);
    }
  }
#pragma GCC unroll 6
  for (int r = 0; r < Rows; r++)
#pragma GCC unroll 6
    for (int s = 0; s < Rows; s++) {
      Vector sum;
      bool begun = false;
#pragma GCC unroll 6
      for (int k = 0; k < Columns; k++) add(matrix[s][k], half[r][k], sum, begun);
      give(r, s, sum);
    }
}

template <int Rows, int Columns>
struct Transposed {
  float values[Columns][Rows];

  constexpr explicit Transposed(const float (&matrix)[Rows][Columns]) : values() {
    for (int r = 0; r < Rows; r++)
      for (int c = 0; c < Columns; c++) values[c][r] = matrix[r][c];
  }
};

template <typename Sums>
SAGAN_INLINE void enter(const float *const *pixels, float *to, int64_t apart, int64_t channels) {
  for (int64_t c = 0; c < channels; c += kLanes)
    on_both_sides(
        Sums::kPixels, [&](int i, int j, Vector &x) SAGAN_INLINE_LAMBDA { load(pixels[i * Sums::kTaken + j] + c, x); },
        [&](int i, int j, const Vector &sum) SAGAN_INLINE_LAMBDA { keep(sum, to + (i * Sums::kProducts + j) * apart + c); });
}

template <typename Sums>
SAGAN_INLINE void leave(const float *from, int64_t apart, const float *bias, float *const *pixels, int64_t channels) {
  for (int64_t c = 0; c < channels; c += kLanes) {
    Vector shift;
    load(bias + c, shift);
    auto give = [&](int i, int j, const Vector &sum) SAGAN_INLINE_LAMBDA { keep(sum + shift, pixels[i * Sums::kMade + j] + c); };
    if constexpr (Sums::kMade == 1) {
      Vector sum;
      load(from + c, sum);
      give(0, 0, sum);
    } else {
      on_both_sides(Sums::kSums, [&](int i, int j, Vector &x) SAGAN_INLINE_LAMBDA { load(from + (i * Sums::kProducts + j) * apart + c, x); }, give);
    }
  }
}

template <typename Sums>
SAGAN_INLINE void part(const float *const *pixels, float *panels, int64_t apart, int64_t tile, int64_t tiles, int64_t channels) {
  static constexpr Transposed sums(Sums::kSums);
  for (int64_t c = 0; c < channels; c += kLanes) {
    float *to = panels + in_panels(tile, c, tiles, channels);
    auto take = [&](int i, int j, Vector &x) SAGAN_INLINE_LAMBDA { load(pixels[i * Sums::kMade + j] + c, x); };
    auto give = [&](int i, int j, const Vector &sum) SAGAN_INLINE_LAMBDA { keep(sum, to + (i * Sums::kProducts + j) * apart); };
    if constexpr (Sums::kMade == 1) {
      Vector sum;
      take(0, 0, sum);
      give(0, 0, sum);
    } else {
      on_both_sides(sums.values, take, give);
    }
  }
}

template <typename Sums>
SAGAN_INLINE void weigh(const float *taps, float scale, float *to, int64_t apart) {
  on_both_sides(
      Sums::kWeights,
      [&](int i, int j, Vector &w) SAGAN_INLINE_LAMBDA {
        load(taps + (i * 3 + j) * kLanes, w);
        w = scale * w;
      },
      [&](int i, int j, const Vector &sum) SAGAN_INLINE_LAMBDA { keep(sum, to + (i * Sums::kProducts + j) * apart); });
}

template <typename Sums>
SAGAN_INLINE void unweigh(const float *from, int64_t apart, float scale, float *taps) {
  static constexpr Transposed weights(Sums::kWeights);
  on_both_sides(
      weights.values, [&](int i, int j, Vector &x) SAGAN_INLINE_LAMBDA { load(from + (i * Sums::kProducts + j) * apart, x); },
      [&](int i, int j, const Vector &sum) SAGAN_INLINE_LAMBDA { keep(scale * sum, taps + (i * 3 + j) * kLanes); });
}

}  // namespace

// Templates cannot be compiled in several versions, so each form's functions get names.
#define SAGAN_FORM(Name)                                                                                                               \
  SAGAN_VECTORS static void enter##Name(const float *const *pixels, float *to, int64_t apart, int64_t channels) {                      \
    enter<Name##Sums>(pixels, to, apart, channels);                                                                                    \
  }                                                                                                                                    \
  SAGAN_VECTORS static void leave##Name(const float *from, int64_t apart, const float *bias, float *const *pixels, int64_t channels) { \
    leave<Name##Sums>(from, apart, bias, pixels, channels);                                                                            \
  }                                                                                                                                    \
  SAGAN_VECTORS static void part##Name(const float *const *pixels, float *panels, int64_t apart, int64_t tile, int64_t tiles,          \
                                       int64_t channels) {                                                                             \
    part<Name##Sums>(pixels, panels, apart, tile, tiles, channels);                                                                    \
  }                                                                                                                                    \
  SAGAN_VECTORS static void weigh##Name(const float *taps, float scale, float *to, int64_t apart) {                                    \
    weigh<Name##Sums>(taps, scale, to, apart);                                                                                         \
  }                                                                                                                                    \
  SAGAN_VECTORS static void unweigh##Name(const float *from, int64_t apart, float scale, float *taps) {                                \
    unweigh<Name##Sums>(from, apart, scale, taps);                                                                                     \
  }                                                                                                                                    \
  const Form k##Name = {Name##Sums::kTaken, Name##Sums::kProducts * Name##Sums::kProducts, Name##Sums::kMade, Name##Sums::kStep,       \
                        enter##Name, leave##Name, part##Name, weigh##Name, unweigh##Name};

SAGAN_FORM(Plain)
SAGAN_FORM(Large)
SAGAN_FORM(Doubled)
SAGAN_FORM(Halved)

}  // namespace sagan::ops
