#include "attention_tiles.h"

#include "product.h"
#include "rows.h"
#include "softmax.h"
#include "vectors.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>

namespace sagan::ops {
namespace {

constexpr int64_t kQueries = 4 * kProductRows;   // of a tile, whose part of the map stays in a core's cache

// Fewer channels than a vector has lanes would leave some idle: products of a map with so few run along the keys instead.
bool is_narrow(int64_t channels) { return channels < kLanes; }

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

// Rows [count, columns] times their factors.
void scale_rows(float *rows, const float *factors, int64_t count, int64_t columns) {
  for (int64_t row = 0; row < count; row++)
    for (int64_t column = 0; column < columns; column++) rows[row * columns + column] *= factors[row];
}

// result[r, c] = the sum over keys of map[r, key] · channel[c, key], for `Rows` rows and `Channels` channels; channels in panels.
template <int Rows, int Channels>
SAGAN_INLINE void dot_products(const float *map, int64_t pitch, const float *panels, int64_t first, int64_t channels, int64_t keys, float *result) {
  Vector sums[Rows][Channels] = {}, row, channel[Channels];
  for (int64_t key = 0; key < keys; key += kLanes) {
    const float *from = panels + in_panels(first, key, channels, keys);
    const int64_t apart = std::min(kPanel, keys - key / kPanel * kPanel);
    for (int c = 0; c < Channels; c++) load(from + c * apart, channel[c]);
    for (int r = 0; r < Rows; r++) {
      load(map + r * pitch + key, row);
      for (int c = 0; c < Channels; c++) sums[r][c] += row * channel[c];
    }
  }
  for (int r = 0; r < Rows; r++)
    for (int c = 0; c < Channels; c++) result[r * channels + first + c] = sum_in_pairs(sums[r][c]);
}

template <int Rows>
SAGAN_INLINE void dot_products(const float *map, int64_t pitch, const float *panels, int64_t channels, int64_t keys, float *result) {
  int64_t first = 0;
  for (; first + 4 <= channels; first += 4) dot_products<Rows, 4>(map, pitch, panels, first, channels, keys, result);
  for (; first < channels; first++) dot_products<Rows, 1>(map, pitch, panels, first, channels, keys, result);
}

// map [rows, keys] · the transpose of channels [channels, keys] in panels -> [rows, channels].
SAGAN_VECTORS static void map_times_narrow(const float *map, int64_t pitch, int64_t rows, const float *panels, int64_t channels, int64_t keys, float *result) {
  int64_t row = 0;
  for (; row + 4 <= rows; row += 4) dot_products<4>(map + row * pitch, pitch, panels, channels, keys, result + row * channels);
  for (; row < rows; row++) dot_products<1>(map + row * pitch, pitch, panels, channels, keys, result + row * channels);
}

struct Sizes {
  int64_t pictures, queries, keys, depth, values;

  Sizes(const at::Tensor &query, const at::Tensor &value)
      : pictures(query.size(0)), queries(query.size(1)), keys(value.size(1)), depth(query.size(2)), values(value.size(2)) {}

  int64_t tiles() const { return (queries + kQueries - 1) / kQueries; }
  int64_t queries_of(int64_t tile) const { return std::min(kQueries, queries - tile * kQueries); }

  // From row to row of a tile's map. Rows a power of two apart would lie in few places of a cache and push one another out.
  int64_t pitch() const { return keys + kLanes; }

  // Floats' ways through memory that a tile is worth.
  int64_t work() const { return kQueries * keys * (depth + values + 32) / 16; }
};

// The map of a tile's queries [rows, keys], but for each row's factor.
void map_of_tile(const Sizes &sizes, const float *query, const float *keys, float *map, float *factors, int64_t rows) {
  Product{query, sizes.depth, false, keys, map, sizes.pitch(), rows, sizes.keys, sizes.depth, false}.compute();
  for (int64_t row = 0; row < rows; row++) factors[row] = powers(map + row * sizes.pitch(), sizes.keys);
}

// sums += the transpose of a map [rows, keys] · channels [rows, channels]. Of few channels sums are [channels, keys], else [keys, padded].
void add_transposed_product(const Sizes &sizes, const float *map, const float *matrix, int64_t rows, int64_t channels, float *panels, float *sums, bool adds) {
  if (is_narrow(channels)) {
    Product{matrix, channels, true, map, sums, sizes.keys, channels, sizes.keys, rows, adds, sizes.pitch()}.compute();
    return;
  }
  const int64_t width = padded(channels);
  to_panels(matrix, rows, channels, panels);
  Product{map, sizes.pitch(), true, panels, sums, width, sizes.keys, width, rows, adds}.compute();
}

// Those sums as [keys, channels].
void take_transposed_product(const Sizes &sizes, const float *sums, int64_t channels, float *to) {
  if (!is_narrow(channels)) {
    copy_columns(sums, sizes.keys, padded(channels), channels, to);
    return;
  }
  for (int64_t key = 0; key < sizes.keys; key++)
    for (int64_t channel = 0; channel < channels; channel++) to[key * channels + channel] = sums[channel * sizes.keys + key];
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
  const bool narrow = is_narrow(sizes.values);
  const int64_t width = narrow ? sizes.values : padded(sizes.values), key_floats = sizes.keys * sizes.depth, value_floats = sizes.keys * sizes.values;
  at::Tensor key_panels = at::empty_like(key), value_panels = at::empty({sizes.pictures, sizes.keys, width}, value.options());
  const float *from = query.data_ptr<float>(), *keys = key.data_ptr<float>(), *values = value.data_ptr<float>();
  float *to = attended.data_ptr<float>(), *keys_to = key_panels.data_ptr<float>(), *values_to = value_panels.data_ptr<float>();
  at::parallel_for(0, sizes.pictures, grain(key_floats + value_floats), [&](int64_t begin, int64_t end) {
    for (int64_t n = begin; n < end; n++) {
      transposed_to_panels(keys + n * key_floats, sizes.keys, sizes.depth, keys_to + n * key_floats);
      if (narrow) transposed_to_panels(values + n * value_floats, sizes.keys, sizes.values, values_to + n * sizes.keys * width);
      else to_panels(values + n * value_floats, sizes.keys, sizes.values, values_to + n * sizes.keys * width);
    }
  });
  at::parallel_for(0, sizes.pictures * sizes.tiles(), grain(sizes.work()), [&](int64_t begin, int64_t end) {
    std::vector<float> map(kQueries * sizes.pitch()), factors(kQueries), sums(kQueries * width);
    for (int64_t task = begin; task < end; task++) {
      const int64_t n = task / sizes.tiles(), tile = task % sizes.tiles(), rows = sizes.queries_of(tile), first = n * sizes.queries + tile * kQueries;
      map_of_tile(sizes, from + first * sizes.depth, keys_to + n * key_floats, map.data(), factors.data(), rows);

      const float *panels = values_to + n * sizes.keys * width;
      if (narrow) map_times_narrow(map.data(), sizes.pitch(), rows, panels, sizes.values, sizes.keys, sums.data());
      else Product{map.data(), sizes.pitch(), false, panels, sums.data(), width, rows, width, sizes.keys, false}.compute();
      scale_rows(sums.data(), factors.data(), rows, width);
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
  const bool narrow_keys = is_narrow(sizes.depth);
  const int64_t width = padded(sizes.depth), value_width = padded(sizes.values), key_floats = sizes.keys * sizes.depth, value_floats = sizes.keys * sizes.values;
  at::parallel_for(0, sizes.pictures, grain(sizes.tiles() * sizes.work()), [&](int64_t begin, int64_t end) {
    std::vector<float> keys_upright(key_floats), keys_flat(sizes.keys * width), values_upright(value_floats), key_sums(sizes.keys * width);
    std::vector<float> map(kQueries * sizes.pitch()), factors(kQueries), of_map(map.size()), query_sums(kQueries * width), panels(kQueries * std::max(width, value_width));
    std::vector<float> value_sums(sizes.keys * value_width), scaled(kQueries * sizes.values);
    for (int64_t n = begin; n < end; n++) {
      transposed_to_panels(keys + n * key_floats, sizes.keys, sizes.depth, keys_upright.data());
      if (!narrow_keys) to_panels(keys + n * key_floats, sizes.keys, sizes.depth, keys_flat.data());
      transposed_to_panels(values + n * value_floats, sizes.keys, sizes.values, values_upright.data());
      for (int64_t tile = 0; tile < sizes.tiles(); tile++) {
        const int64_t rows = sizes.queries_of(tile), first = n * sizes.queries + tile * kQueries;
        const float *q = queries + first * sizes.depth, *g = gradients + first * sizes.values;
        map_of_tile(sizes, q, keys_upright.data(), map.data(), factors.data(), rows);

        std::copy_n(g, rows * sizes.values, scaled.data());
        scale_rows(scaled.data(), factors.data(), rows, sizes.values);
        add_transposed_product(sizes, map.data(), scaled.data(), rows, sizes.values, panels.data(), value_sums.data(), tile > 0);

        Product{g, sizes.values, false, values_upright.data(), of_map.data(), sizes.pitch(), rows, sizes.keys, sizes.values, false}.compute();
        for (int64_t row = 0; row < rows; row++)
          softmax_gradient(map.data() + row * sizes.pitch(), factors[row], of_map.data() + row * sizes.pitch(), sizes.keys);

        if (narrow_keys) {
          map_times_narrow(of_map.data(), sizes.pitch(), rows, keys_upright.data(), sizes.depth, sizes.keys, to_query + first * sizes.depth);
        } else {
          Product{of_map.data(), sizes.pitch(), false, keys_flat.data(), query_sums.data(), width, rows, width, sizes.keys, false}.compute();
          copy_columns(query_sums.data(), rows, width, sizes.depth, to_query + first * sizes.depth);
        }
        add_transposed_product(sizes, of_map.data(), q, rows, sizes.depth, panels.data(), key_sums.data(), tile > 0);
      }
      take_transposed_product(sizes, key_sums.data(), sizes.depth, to_key + n * key_floats);
      take_transposed_product(sizes, value_sums.data(), sizes.values, to_value + n * value_floats);
    }
  });
  return {of_query, of_key, of_value};
}

}  // namespace sagan::ops
