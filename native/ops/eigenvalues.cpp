// Eigenvalues of a symmetric matrix, without its eigenvectors, in two stages.
//
// sagan::symmetric_eigenvalues(matrix [n, n]) -> [n] in ascending order, in double precision on the processor. LAPACK makes the
// matrix tridiagonal at once, and reads all that is left of it for every column, which memory is too slow for. Here reflections of
// several columns together first make it a band (Bischof, Lang, Sun 2000, "A framework for symmetric band reduction"): what is
// left is read twice a panel, by products of matrices. The band, small enough for a cache, then becomes tridiagonal column by
// column: what a reflection pushes out of the band is chased down along it.
//
// Only the lower triangle is read, and the matrix is used up. Squares of its numbers have to be numbers, too.
#include "rows.h"

#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace sagan::ops {
namespace {

constexpr int64_t kBand = 48;      // places below the diagonal; a multiple of kLanes
constexpr int64_t kRows = 256;     // of the lower triangle at a time
constexpr int64_t kLanes = 8;      // sums that run side by side

SAGAN_VECTORS double dot(const double *one, const double *other, int64_t count) {
  double sums[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes)
    for (int64_t lane = 0; lane < kLanes; lane++) sums[lane] += one[i + lane] * other[i + lane];
  double sum = 0;
  for (; i < count; i++) sum += one[i] * other[i];
  for (double part : sums) sum += part;
  return sum;
}

SAGAN_VECTORS void add(double factor, const double *from, double *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] += factor * from[i];
}

// A reflection H = I - factor · v vᵀ, v₀ = 1, for which H x has nothing but its first element.
struct Reflection {
  double factor, first;
};

// Its v takes the place of x.
Reflection reflect(double *x, int64_t count) {
  double first = x[0], rest = dot(x + 1, x + 1, count - 1);
  x[0] = 1;
  if (rest == 0) return {0, first};
  double length = -std::copysign(std::sqrt(first * first + rest), first);
  for (int64_t i = 1; i < count; i++) x[i] /= first - length;
  return {(length - first) / length, length};
}

// The band by columns: element (row, column) of the lower triangle at column · (kStride - 1) + row, with room below for what is
// pushed out, and zeros beyond the end, so that every block of it is whole.
constexpr int64_t kStride = 2 * kBand + 1;

class Band {
 public:
  explicit Band(int64_t size) : size_(size), elements_((size + 3 * kBand) * kStride) {}

  double &at(int64_t row, int64_t column) { return elements_[column * (kStride - 1) + row]; }

  void make_tridiagonal() {
    for (int64_t column = 0; column + 2 < size_; column++) sweep(column);
  }

 private:
  void sweep(int64_t column);

  int64_t size_;
  std::vector<double> elements_;
};

// D := H D H for a block on the diagonal, of which the lower triangle counts.
SAGAN_VECTORS void reflect_diagonal(double *__restrict block, const double *__restrict v, double factor) {
  constexpr int64_t step = kStride - 1;
  double square[kBand][kBand], w[kBand] = {};
  for (int64_t column = 0; column < kBand; column++) {
    for (int64_t row = 0; row < kBand; row++) square[column][row] = row < column ? 0.0 : block[column * step + row];
  }
  for (int64_t column = 0; column < kBand; column++) {
    double lanes[kLanes] = {};
    for (int64_t row = 0; row < kBand; row += kLanes)
      for (int64_t lane = 0; lane < kLanes; lane++) {
        w[row + lane] += square[column][row + lane] * v[column];
        lanes[lane] += square[column][row + lane] * v[row + lane];
      }
    double sum = 0;
    for (double part : lanes) sum += part;
    w[column] += sum - square[column][column] * v[column];
  }
  double half = 0;
  for (int64_t row = 0; row < kBand; row++) half += w[row] * v[row];
  half *= factor / 2;
  for (int64_t row = 0; row < kBand; row++) w[row] = factor * (w[row] - half * v[row]);
  for (int64_t column = 0; column < kBand; column++)
    for (int64_t row = 0; row < kBand; row++) {
      double changed = square[column][row] - v[row] * w[column] - w[row] * v[column];
      if (row >= column) block[column * step + row] = changed;
    }
}

// The block below: B := B H, then the reflection K of its first column, B := K B. Returns K, and its vector in next.
SAGAN_VECTORS Reflection push(double *__restrict block, const double *__restrict v, double factor, double *__restrict next) {
  constexpr int64_t step = kStride - 1;
  double w[kBand] = {};
  for (int64_t column = 0; column < kBand; column++)
    for (int64_t row = 0; row < kBand; row++) w[row] += block[column * step + row] * v[column];
  for (int64_t row = 0; row < kBand; row++) w[row] *= factor;

  for (int64_t row = 0; row < kBand; row++) next[row] = block[row] - w[row] * v[0];
  Reflection made = reflect(next, kBand);
  block[0] = made.first;
  for (int64_t row = 1; row < kBand; row++) block[row] = 0;

  for (int64_t column = 1; column < kBand; column++) {
    double *elements = block + column * step, lanes[kLanes] = {}, changed[kBand];
    for (int64_t row = 0; row < kBand; row += kLanes)
      for (int64_t lane = 0; lane < kLanes; lane++) {
        changed[row + lane] = elements[row + lane] - w[row + lane] * v[column];
        lanes[lane] += changed[row + lane] * next[row + lane];
      }
    double sum = 0;
    for (double part : lanes) sum += part;
    sum *= made.factor;
    for (int64_t row = 0; row < kBand; row++) elements[row] = changed[row] - sum * next[row];
  }
  return made;
}

void Band::sweep(int64_t column) {
  double v[kBand], next[kBand];
  double *below = &at(column + 1, column);
  std::copy_n(below, kBand, v);
  Reflection reflection = reflect(v, kBand);
  std::fill_n(below, kBand, 0.0);
  *below = reflection.first;

  for (int64_t place = column + 1;; place += kBand) {
    if (reflection.factor != 0) reflect_diagonal(&at(place, place), v, reflection.factor);
    if (place + kBand >= size_) return;
    reflection = push(&at(place + kBand, place), v, reflection.factor, next);
    std::copy_n(next, kBand, v);
  }
}

// Reflections that make a panel [rows, kBand] of columns upper triangular; in: the columns, one after the other. Out: their vectors,
// the triangle into the band, and the upper triangular T of I - V T Vᵀ, which is all of them in one.
at::Tensor triangularize(const at::Tensor &columns, Band &band, int64_t first) {
  const int64_t rows = columns.size(1), row = first + kBand;
  double *data = columns.data_ptr<double>(), factors[kBand] = {};
  for (int64_t j = 0; j < kBand; j++) {
    double *v = data + j * rows;
    for (int64_t i = 0; i < std::min(j, rows); i++) {
      band.at(row + i, first + j) = v[i];
      v[i] = 0;
    }
    if (j >= rows) continue;
    Reflection made = reflect(v + j, rows - j);
    factors[j] = made.factor;
    band.at(row + j, first + j) = made.first;
    for (int64_t c = j + 1; c < kBand; c++) {
      double *other = data + c * rows + j;
      add(-made.factor * dot(v + j, other, rows - j), v + j, other, rows - j);
    }
  }

  at::Tensor products = at::mm(columns, columns.t()), together = at::zeros({kBand, kBand}, columns.options());
  const double *inner = products.data_ptr<double>();
  double *t = together.data_ptr<double>();
  for (int64_t j = 0; j < kBand; j++) {
    t[j * kBand + j] = factors[j];
    for (int64_t i = 0; i < j; i++) {
      double sum = 0;
      for (int64_t k = i; k < j; k++) sum += t[i * kBand + k] * inner[k * kBand + j];
      t[i * kBand + j] = -factors[j] * sum;
    }
  }
  return together;
}

// Calls work(first row, rows) for the blocks of a triangle. Counted from its end they are whole, so that they stay where they are
// when the triangle loses its first rows.
template <typename Work>
void for_rows(int64_t size, Work work) {
  for (int64_t row = 0, rows = (size - 1) % kRows + 1; row < size; row += rows, rows = kRows) work(row, rows);
}

// A := (I - V T Vᵀ)ᵀ A (I - V T Vᵀ) = A - V Wᵀ - W Vᵀ, where W = A V T - V (Tᵀ Vᵀ A V T) / 2; of A the lower triangle, and its
// blocks on the diagonal wholly. vectors holds Vᵀ at its top, and has room for Wᵀ and Vᵀ below.
void reflect_rest(const at::Tensor &rest, const at::Tensor &vectors, const at::Tensor &together) {
  const int64_t size = rest.size(0);
  at::Tensor v = vectors.narrow(0, 0, kBand), w = vectors.narrow(0, kBand, kBand);
  vectors.narrow(0, 2 * kBand, kBand).copy_(v);
  at::Tensor u = at::mm(together.t(), v);
  w.zero_();
  for_rows(size, [&](int64_t row, int64_t rows) {
    w.narrow(1, 0, row + rows).addmm_(u.narrow(1, row, rows), rest.narrow(0, row, rows).narrow(1, 0, row + rows));
    if (row > 0) w.narrow(1, row, rows).addmm_(u.narrow(1, 0, row), rest.narrow(0, row, rows).narrow(1, 0, row).t());
  });
  w.addmm_(at::mm(at::mm(w, v.t()), together), v, 1, -0.5);
  at::Tensor one = vectors.narrow(0, 0, 2 * kBand), other = vectors.narrow(0, kBand, 2 * kBand);
  for_rows(size, [&](int64_t row, int64_t rows) {
    rest.narrow(0, row, rows).narrow(1, 0, row + rows).addmm_(one.narrow(1, row, rows).t(), other.narrow(1, 0, row + rows), 1, -1);
  });
}

void copy_diagonal(const at::Tensor &matrix, Band &band, int64_t first, int64_t count) {
  const double *data = matrix.data_ptr<double>();
  for (int64_t row = first; row < first + count; row++)
    for (int64_t column = first; column <= row; column++) band.at(row, column) = data[row * matrix.stride(0) + column];
}

Band band_of(const at::Tensor &matrix) {
  const int64_t size = matrix.size(0);
  Band band(size);
  // Blocks of the lower triangle that lie across the diagonal are multiplied with as a whole.
  for_rows(size, [&](int64_t row, int64_t rows) {
    at::Tensor block = matrix.narrow(0, row, rows).narrow(1, row, rows);
    block.copy_(at::tril(block) + at::tril(block, -1).t());
  });
  at::Tensor room = at::empty({3 * kBand * size}, matrix.options());
  int64_t first = 0;
  for (; size - first - kBand > 0; first += kBand) {
    const int64_t left = size - first - kBand;
    copy_diagonal(matrix, band, first, kBand);
    at::Tensor vectors = room.narrow(0, 0, 3 * kBand * left).view({3 * kBand, left});
    at::Tensor columns = vectors.narrow(0, 0, kBand);
    columns.copy_(matrix.narrow(0, first + kBand, left).narrow(1, first, kBand).t());
    at::Tensor together = triangularize(columns, band, first);
    reflect_rest(matrix.narrow(0, first + kBand, left).narrow(1, first + kBand, left), vectors, together);
  }
  copy_diagonal(matrix, band, first, size - first);
  return band;
}

// Eigenvalues of a tridiagonal matrix, which take the diagonal's place: Pal, Walker and Kahan's QL iteration, which needs the squares
// of what lies beside the diagonal only (Parlett 1980, "The symmetric eigenvalue problem", section 8-15).
void diagonalize(std::vector<double> &diagonal, std::vector<double> &squares) {
  constexpr double kPrecision = std::numeric_limits<double>::epsilon() / 2, kNothing = kPrecision * kPrecision;
  const int64_t size = static_cast<int64_t>(diagonal.size());
  int64_t rounds = 0;
  for (int64_t first = 0; first < size;) {
    int64_t last = first;
    auto joined = [&](int64_t i) { return i + 1 < size && squares[i] > kNothing * std::abs(diagonal[i] * diagonal[i + 1]); };
    while (joined(last)) last++;
    if (last == first) {
      first++;
      continue;
    }
    TORCH_CHECK(rounds++ < 30 * size, "the eigenvalues were not found in ", 30 * size, " rounds");
    if (last + 1 < size) squares[last] = 0;
    // From the large end to the small one.
    if (std::abs(diagonal[last]) < std::abs(diagonal[first])) {
      std::reverse(diagonal.begin() + first, diagonal.begin() + last + 1);
      std::reverse(squares.begin() + first, squares.begin() + last);
    }

    double beside = std::sqrt(squares[first]), shift = (diagonal[first + 1] - diagonal[first]) / (2 * beside);
    shift = diagonal[first] - beside / (shift + std::copysign(std::hypot(shift, 1), shift));
    double cosine = 1, sine = 0, gamma = diagonal[last] - shift, p = gamma * gamma;
    for (int64_t i = last - 1; i >= first; i--) {
      double square = squares[i], r = p + square, former = cosine, before = gamma;
      if (i != last - 1) squares[i + 1] = sine * r;
      cosine = p / r;
      sine = square / r;
      gamma = cosine * (diagonal[i] - shift) - sine * before;
      diagonal[i + 1] = before + (diagonal[i] - gamma);
      p = cosine != 0 ? gamma * gamma / cosine : former * square;
    }
    squares[first] = sine * p;
    diagonal[first] = shift + gamma;
  }
}

at::Tensor symmetric_eigenvalues(const at::Tensor &matrix) {
  TORCH_CHECK(matrix.is_cpu() && matrix.scalar_type() == at::kDouble, "takes a matrix of float64 on the processor");
  TORCH_CHECK(matrix.dim() == 2 && matrix.size(0) == matrix.size(1) && matrix.stride(1) == 1, "takes a square matrix, row by row");
  at::AutoDispatchBelowADInplaceOrView below;
  const int64_t size = matrix.size(0);
  Band band = band_of(matrix);
  band.make_tridiagonal();
  std::vector<double> diagonal(size), squares(size);
  for (int64_t i = 0; i < size; i++) {
    diagonal[i] = band.at(i, i);
    squares[i] = band.at(i + 1, i) * band.at(i + 1, i);
  }
  diagonalize(diagonal, squares);
  for (double value : diagonal) TORCH_CHECK(std::isfinite(value), "the matrix holds NaN or infinity, or numbers whose squares are too large");
  std::sort(diagonal.begin(), diagonal.end());
  at::Tensor values = at::empty({size}, matrix.options());
  std::copy(diagonal.begin(), diagonal.end(), values.data_ptr<double>());
  return values;
}

TORCH_LIBRARY_FRAGMENT(sagan, library) {
  library.def("symmetric_eigenvalues(Tensor(a!) matrix) -> Tensor", TORCH_FN(symmetric_eigenvalues));
}

}  // namespace
}  // namespace sagan::ops
