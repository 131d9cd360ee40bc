#include "attention_tiles.h"

#include "product.h"
#include "rows.h"
#include "vectors.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <limits>

namespace sagan::ops {
namespace {

constexpr int64_t kQueries = 4 * kProductRows;   // of a tile, whose part of the map stays in a core's cache

int64_t padded(int64_t channels) { return (channels + kLanes - 1) / kLanes * kLanes; }

// A matrix [rows, columns] in panels, with columns of nothing up to a multiple of 16.
void to_panels(const float *matrix, int64_t rows, int64_t columns, float *panels) {
  const int64_t width = padded(columns);
  for (int64_t column = 0; column < width; column += kLanes) {
    const int64_t count = std::min(kLanes, columns - column);
    for (int64_t row = 0; row < rows; row++) {
      float *to = panels + in_panels(row, column, rows, width);
      std::copy_n(matrix + row * columns + column, count, to);
      std::fill(to + count, to + kLanes, 0.f);
    }
  }
}

// The same of its transpose [columns, rows]; rows are a multiple of 16.
void transposed_to_panels(const float *matrix, int64_t rows, int64_t columns, float *panels) {
  for (int64_t row = 0; row < rows; row += kLanes)
    for (int64_t column = 0; column < columns; column++) {
      float *to = panels + in_panels(column, row, columns, rows);
      for (int64_t lane = 0; lane < kLanes; lane++) to[lane] = matrix[(row + lane) * columns + column];
    }
}

// The first columns of a matrix [rows, width].
void copy_columns(const float *matrix, int64_t rows, int64_t width, int64_t columns, float *to) {
  for (int64_t row = 0; row < rows; row++) std::copy_n(matrix + row * width, columns, to + row * columns);
}

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

SAGAN_VECTORS static void softmax(float *row, int64_t count) {
  Vector part, most, sums = {};
  load(row, most);
  for (int64_t i = kLanes; i < count; i += kLanes) {
    load(row + i, part);
    enlarge(part, most);
  }
  float top = most[0];
  for (int64_t lane = 1; lane < kLanes; lane++) top = std::max(top, most[lane]);

  for (int64_t i = 0; i < count; i++) row[i] = exponential(row[i] - top);
  for (int64_t i = 0; i < count; i += kLanes) {
    load(row + i, part);
    sums += part;
  }
  const float factor = 1 / sum_of(sums);
  for (int64_t i = 0; i < count; i++) row[i] *= factor;
}

// From the gradient of a row of the map that of its logits: map · (gradient - the sum over keys of map · gradient).
SAGAN_VECTORS static void softmax_gradient(const float *map, float *gradient, int64_t count) {
  Vector part, product, sums = {};
  for (int64_t i = 0; i < count; i += kLanes) {
    load(map + i, part);
    load(gradient + i, product);
    sums += part * product;
  }
  const float sum = sum_of(sums);
  for (int64_t i = 0; i < count; i++) gradient[i] = map[i] * (gradient[i] - sum);
}

struct Sizes {
  int64_t pictures, queries, keys, depth, values;

  Sizes(const at::Tensor &query, const at::Tensor &value)
      : pictures(query.size(0)), queries(query.size(1)), keys(value.size(1)), depth(query.size(2)), values(value.size(2)) {}

  int64_t tiles() const { return (queries + kQueries - 1) / kQueries; }
  int64_t queries_of(int64_t tile) const { return std::min(kQueries, queries - tile * kQueries); }

  // Floats' ways through memory that a tile is worth.
  int64_t work() const { return kQueries * keys * (depth + values + 32) / 16; }
};

// The map of a tile's queries [rows, keys].
void map_of_tile(const Sizes &sizes, const float *query, const float *keys, float *map, int64_t rows) {
  Product{query, sizes.depth, false, keys, map, sizes.keys, rows, sizes.keys, sizes.depth, false}.compute();
  for (int64_t row = 0; row < rows; row++) softmax(map + row * sizes.keys, sizes.keys);
}

}  // namespace

bool attends_in_tiles(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value) {
  auto fits = [](const at::Tensor &tensor) { return tensor.is_cpu() && tensor.scalar_type() == at::kFloat; };
  return fits(query) && fits(key) && fits(value) && key.size(1) % kLanes == 0 && query.numel() > 0;
}

at::Tensor attend_in_tiles(const at::Tensor &given_query, const at::Tensor &given_key, const at::Tensor &given_value) {
  at::Tensor query = given_query.contiguous(), key = given_key.contiguous(), value = given_value.contiguous();
  const Sizes sizes(query, value);
  at::Tensor attended = at::empty({sizes.pictures, sizes.queries, sizes.values}, query.options());
  const int64_t width = padded(sizes.values), key_floats = sizes.keys * sizes.depth, value_floats = sizes.keys * sizes.values;
  at::Tensor key_panels = at::empty_like(key), value_panels = at::empty({sizes.pictures, sizes.keys, width}, value.options());
  const float *from = query.data_ptr<float>(), *keys = key.data_ptr<float>(), *values = value.data_ptr<float>();
  float *to = attended.data_ptr<float>(), *keys_to = key_panels.data_ptr<float>(), *values_to = value_panels.data_ptr<float>();
  at::parallel_for(0, sizes.pictures, grain(key_floats + value_floats), [&](int64_t begin, int64_t end) {
    for (int64_t n = begin; n < end; n++) {
      transposed_to_panels(keys + n * key_floats, sizes.keys, sizes.depth, keys_to + n * key_floats);
      to_panels(values + n * value_floats, sizes.keys, sizes.values, values_to + n * sizes.keys * width);
    }
  });
  at::parallel_for(0, sizes.pictures * sizes.tiles(), grain(sizes.work()), [&](int64_t begin, int64_t end) {
    std::vector<float> map(kQueries * sizes.keys), sums(kQueries * width);
    for (int64_t task = begin; task < end; task++) {
      const int64_t n = task / sizes.tiles(), tile = task % sizes.tiles(), rows = sizes.queries_of(tile), first = n * sizes.queries + tile * kQueries;
      map_of_tile(sizes, from + first * sizes.depth, keys_to + n * key_floats, map.data(), rows);
      Product{map.data(), sizes.keys, false, values_to + n * sizes.keys * width, sums.data(), width, rows, width, sizes.keys, false}.compute();
      copy_columns(sums.data(), rows, width, sizes.values, to + first * sizes.values);
    }
  });
  return attended;
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> attention_gradients_in_tiles(const at::Tensor &given_query, const at::Tensor &given_key,
                                                                            const at::Tensor &given_value, const at::Tensor &given_above) {
  at::Tensor query = given_query.contiguous(), key = given_key.contiguous(), value = given_value.contiguous(), above = given_above.contiguous();
  const Sizes sizes(query, value);
  at::Tensor of_query = at::empty_like(query), of_key = at::empty_like(key), of_value = at::empty_like(value);
  const float *queries = query.data_ptr<float>(), *keys = key.data_ptr<float>(), *values = value.data_ptr<float>(), *gradients = above.data_ptr<float>();
  float *to_query = of_query.data_ptr<float>(), *to_key = of_key.data_ptr<float>(), *to_value = of_value.data_ptr<float>();
  const int64_t width = padded(sizes.depth), value_width = padded(sizes.values), key_floats = sizes.keys * sizes.depth, value_floats = sizes.keys * sizes.values;
  at::parallel_for(0, sizes.pictures, grain(sizes.tiles() * sizes.work()), [&](int64_t begin, int64_t end) {
    std::vector<float> keys_upright(key_floats), keys_flat(sizes.keys * width), values_upright(value_floats), key_sums(sizes.keys * width);
    std::vector<float> map(kQueries * sizes.keys), of_map(map.size()), query_sums(kQueries * width), query_panels(kQueries * width);
    std::vector<float> value_sums(sizes.keys * value_width), above_panels(kQueries * value_width);
    for (int64_t n = begin; n < end; n++) {
      transposed_to_panels(keys + n * key_floats, sizes.keys, sizes.depth, keys_upright.data());
      to_panels(keys + n * key_floats, sizes.keys, sizes.depth, keys_flat.data());
      transposed_to_panels(values + n * value_floats, sizes.keys, sizes.values, values_upright.data());
      for (int64_t tile = 0; tile < sizes.tiles(); tile++) {
        const int64_t rows = sizes.queries_of(tile), first = n * sizes.queries + tile * kQueries;
        const float *q = queries + first * sizes.depth, *g = gradients + first * sizes.values;
        map_of_tile(sizes, q, keys_upright.data(), map.data(), rows);

        to_panels(g, rows, sizes.values, above_panels.data());
        Product{map.data(), sizes.keys, true, above_panels.data(), value_sums.data(), value_width, sizes.keys, value_width, rows, tile > 0}.compute();

        Product{g, sizes.values, false, values_upright.data(), of_map.data(), sizes.keys, rows, sizes.keys, sizes.values, false}.compute();
        for (int64_t row = 0; row < rows; row++) softmax_gradient(map.data() + row * sizes.keys, of_map.data() + row * sizes.keys, sizes.keys);

        Product{of_map.data(), sizes.keys, false, keys_flat.data(), query_sums.data(), width, rows, width, sizes.keys, false}.compute();
        copy_columns(query_sums.data(), rows, width, sizes.depth, to_query + first * sizes.depth);

        to_panels(q, rows, sizes.depth, query_panels.data());
        Product{of_map.data(), sizes.keys, true, query_panels.data(), key_sums.data(), width, sizes.keys, width, rows, tile > 0}.compute();
      }
      copy_columns(key_sums.data(), sizes.keys, width, sizes.depth, to_key + n * key_floats);
      copy_columns(value_sums.data(), sizes.keys, value_width, sizes.values, to_value + n * value_floats);
    }
  });
  return {of_query, of_key, of_value};
}

}  // namespace sagan::ops
