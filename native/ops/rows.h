// Pixels as rows of channels: what the operators of this folder share.
//
// Maps [N, C, H, W] lie in memory as [N, H, W, C] (channels last). Loops run over the channels of a pixel, which compilers turn
// into vectors, in several versions of which the processor's best is taken when the library is loaded: by what it can do, because a
// version for a processor by name (arch=…) serves no other processor, not even its successors.
#ifndef SAGAN_OPS_ROWS_H
#define SAGAN_OPS_ROWS_H

#include <ATen/core/Tensor.h>
#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <c10/util/BFloat16.h>

#include <cstring>
#include <type_traits>
#include <vector>

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__)
#define SAGAN_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define SAGAN_VECTORS
#endif

#if !defined(INTRA_OP_PARALLEL) && !defined(__APPLE__)
#error "Without OpenMP at::parallel_for is a loop in one thread, and nobody notices"
#endif

namespace sagan::ops {

// A map as these operators read it. Throws where the processor, the type or the number of axes does not fit.
inline at::Tensor channels_last(const at::Tensor &map) {
  TORCH_CHECK(map.dim() == 4 && map.is_cpu(), "takes maps [N, C, H, W] on the processor");
  TORCH_CHECK(map.scalar_type() == at::kFloat || map.scalar_type() == at::kBFloat16, "takes float32 or bfloat16, got ", map.scalar_type());
  return map.contiguous(at::MemoryFormat::ChannelsLast);
}

inline at::Tensor empty_like_map(const at::Tensor &map, int64_t channels, int64_t height, int64_t width) {
  return at::empty({map.size(0), channels, height, width}, map.options().memory_format(at::MemoryFormat::ChannelsLast));
}

// Items of so many floats that a thread takes at least: for less, waking another one costs more than it saves.
inline int64_t grain(int64_t floats) {
  constexpr int64_t fewest = 1 << 15;
  return (fewest + floats - 1) / floats;
}

// Calls work with a value of the element type, which tells the type.
template <typename Work>
void with_type(const at::Tensor &map, Work work) {
  if (map.scalar_type() == at::kFloat) work(float{});
  else work(c10::BFloat16{});
}

SAGAN_VECTORS static void widen(const uint16_t *from, float *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    uint32_t bits = static_cast<uint32_t>(from[i]) << 16;
    std::memcpy(to + i, &bits, sizeof bits);
  }
}

// To the nearest, of two equally near to the even one. Not-a-number stays so: rounding could carry it over to infinity.
SAGAN_VECTORS static void narrow(const float *from, uint16_t *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    uint32_t bits;
    std::memcpy(&bits, from + i, sizeof bits);
    uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    to[i] = static_cast<uint16_t>(from[i] == from[i] ? rounded : 0x7fc0);
  }
}

// A pixel's channels as float32, in place where they are that.
inline const float *floats(const float *row, float *, int64_t) { return row; }
inline const float *floats(const c10::BFloat16 *row, float *room, int64_t count) {
  widen(reinterpret_cast<const uint16_t *>(row), room, count);
  return room;
}

// Where to write a pixel's channels, and what then stores them.
inline float *target(float *row, float *) { return row; }
inline float *target(c10::BFloat16 *, float *room) { return room; }
inline void store(float *, const float *, int64_t) {}
inline void store(c10::BFloat16 *row, const float *room, int64_t count) { narrow(room, reinterpret_cast<uint16_t *>(row), count); }

}  // namespace sagan::ops

#endif
