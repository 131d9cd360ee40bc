// A product of matrices in float32 that begins at once: one factor lies as it is, the other in panels.
//
// BLAS copies both factors into an order of its own at every call, which is much of the time where one of them is a few dozen
// rows; a convolution by parts (conv3x3.cpp) makes its factors anyway and can write them as they are wanted.
#ifndef SAGAN_OPS_PRODUCT_H
#define SAGAN_OPS_PRODUCT_H

#include <algorithm>
#include <cstdint>

namespace sagan::ops {

// Columns of a panel; the last one may be half of it. All numbers of columns are multiples of 16.
constexpr int64_t kPanel = 32;

// Rows that are computed at once with the widest vectors: more of them go best in multiples of these.
constexpr int64_t kProductRows = 12;

// Where the columns from `column` on (a multiple of 16) begin in row `row` of a matrix [depth, columns] in panels: each panel
// has all rows of its columns, one behind another.
inline int64_t in_panels(int64_t row, int64_t column, int64_t depth, int64_t columns) {
  int64_t first = column / kPanel * kPanel;
  return first * depth + row * std::min(kPanel, columns - first) + column % kPanel;
}

// result [rows, columns], rows result_stride apart, = factor · panels; adds: += factor · panels.
// factor is [rows, depth] with rows `stride` apart or, where it is `upright`, [depth, rows] with depths `stride` apart. What is called
// panels may also be a matrix [depth, columns] as it lies, with rows `flat` apart: for few rows, which read it once.
struct Product {
  const float *factor;
  int64_t stride;
  bool upright;
  const float *panels;
  float *result;
  int64_t result_stride, rows, columns, depth;
  bool adds;
  int64_t flat = 0;   // 0: in panels

  // With the widest vectors that the processor has. Every element is summed in the order of depth.
  void compute() const;
};

}  // namespace sagan::ops

#endif
