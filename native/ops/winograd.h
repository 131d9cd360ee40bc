// 3x3 convolutions with fewer products: what is multiplied are sums of pixels with sums of weights.
//
// Every form is y = Aᵀ [(G w Gᵀ) · (B x Bᵀ)] A for one tile of the map after another (Winograd 1980; Lavin and Gray 2016,
// arXiv:1509.09308, section 4), where · is a product of matrices over the channels for each of the elements in the brackets.
// Plain is theirs, F(2x2, 3x3): 16 products for four pixels in place of 36. Behind a doubling of the map, three different taps
// meet only two different pixels on each side: with s = w0 + w1 + w2,
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
  static constexpr int kPixels[kProducts][kTaken] = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
  static constexpr float kWeights[kProducts][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
  static constexpr int kSums[kMade][kProducts] = {{1, 1, 1, 0}, {0, 1, -1, -1}};
};

struct Doubled {
  static constexpr int kTaken = 3, kProducts = 3, kMade = 2, kStep = 1;
  static constexpr int kPixels[kProducts][kTaken] = {{0, 1, 0}, {-1, 1, 0}, {0, -1, 1}};
  static constexpr float kWeights[kProducts][3] = {{1, 1, 1}, {-1, 0, 0}, {0, 0, 1}};
  static constexpr int kSums[kMade][kProducts] = {{1, 1, 0}, {1, 0, 1}};
};

struct Halved {
  static constexpr int kTaken = 4, kProducts = 3, kMade = 1, kStep = 2;
  static constexpr int kPixels[kProducts][kTaken] = {{0, 1, 1, 0}, {1, 0, -1, 0}, {0, -1, 0, 1}};
  static constexpr float kWeights[kProducts][3] = {{1, 1, 1}, {1, 0, 0}, {0, 0, 1}};
  static constexpr int kSums[kMade][kProducts] = {{1, 1, 1}};
};

// Adds factor · from to sum, which is nothing yet where `begun` is false. Factors are constants: no multiplication is left.
template <typename Factor>
SAGAN_INLINE void add(Factor factor, const Vector &from, Vector &sum, bool &begun) {
  if (factor == 0) return;
  if (factor == 1) {
    if (begun) sum += from;
    else sum = from;
  } else if (factor == -1 && begun) {
    sum -= from;
  } else {
    Vector part = static_cast<float>(factor) * from;
    if (begun) sum += part;
    else sum = part;
  }
  begun = true;
}

// matrix · from · matrixᵀ.
template <typename Factor, int Rows, int Columns>
SAGAN_INLINE void on_both_sides(const Factor (&matrix)[Rows][Columns], const Vector (&from)[Columns][Columns], Vector (&to)[Rows][Rows]) {
  Vector half[Rows][Columns];
#pragma GCC unroll 4
  for (int r = 0; r < Rows; r++)
#pragma GCC unroll 4
    for (int c = 0; c < Columns; c++) {
      bool begun = false;
#pragma GCC unroll 4
      for (int k = 0; k < Columns; k++) add(matrix[r][k], from[k][c], half[r][c], begun);
    }
#pragma GCC unroll 4
  for (int r = 0; r < Rows; r++)
#pragma GCC unroll 4
    for (int s = 0; s < Rows; s++) {
      bool begun = false;
#pragma GCC unroll 4
      for (int k = 0; k < Columns; k++) add(matrix[s][k], half[r][k], to[r][s], begun);
    }
}

// matrixᵀ · from · matrix.
template <typename Factor, int Rows, int Columns>
SAGAN_INLINE void on_both_sides_transposed(const Factor (&matrix)[Rows][Columns], const Vector (&from)[Rows][Rows], Vector (&to)[Columns][Columns]) {
  Vector half[Columns][Rows];
#pragma GCC unroll 4
  for (int r = 0; r < Columns; r++)
#pragma GCC unroll 4
    for (int c = 0; c < Rows; c++) {
      bool begun = false;
#pragma GCC unroll 4
      for (int k = 0; k < Rows; k++) add(matrix[k][r], from[k][c], half[r][c], begun);
    }
#pragma GCC unroll 4
  for (int r = 0; r < Columns; r++)
#pragma GCC unroll 4
    for (int s = 0; s < Columns; s++) {
      bool begun = false;
#pragma GCC unroll 4
      for (int k = 0; k < Rows; k++) add(matrix[k][s], half[r][k], to[r][s], begun);
    }
}

}  // namespace sagan::ops

#endif
