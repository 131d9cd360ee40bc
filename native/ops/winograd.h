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

#include "vectors.h"

namespace sagan::ops {

// A tile reads kTaken² pixels from one before kStep times its place, and makes kMade² pixels.
struct Plain {
  static constexpr int kTaken = 4, kProducts = 4, kMade = 2, kStep = 2;
  static constexpr float kPixels[kProducts][kTaken] = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
  static constexpr float kWeights[kProducts][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
  static constexpr float kSums[kMade][kProducts] = {{1, 1, 1, 0}, {0, 1, -1, -1}};
};

struct Large {
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

struct Doubled {
  static constexpr int kTaken = 3, kProducts = 3, kMade = 2, kStep = 1;
  static constexpr float kPixels[kProducts][kTaken] = {{0, 1, 0}, {-1, 1, 0}, {0, -1, 1}};
  static constexpr float kWeights[kProducts][3] = {{1, 1, 1}, {-1, 0, 0}, {0, 0, 1}};
  static constexpr float kSums[kMade][kProducts] = {{1, 1, 0}, {1, 0, 1}};
};

struct Halved {
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

}  // namespace sagan::ops

#endif
