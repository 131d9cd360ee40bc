// The memory of tensors on the processor: what is freed waits for the next tensor.
//
// A training step asks for the same sizes again and again. The C library gives large blocks back to the system and takes
// them anew, and every page of them is then cleared and mapped again at its first touch. Here hardly more memory is held than
// tensors needed at one time, in spans of large pages; small blocks wait in lists by size.
#include "allocator.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <set>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace sagan {
namespace {

constexpr size_t kAlignment = 64;         // what oneDNN and vector instructions like
constexpr size_t kHugePage = 2u << 20;
constexpr size_t kLarge = 128u << 10;     // from here on blocks lie in spans
constexpr size_t kSpan = 32u << 20;       // the least that is taken from the system for them
constexpr size_t kSlack = 64u << 20;      // held beyond what was ever needed at one time

// Stands before the bytes it describes. The blocks of a span lie side by side without gaps.
struct alignas(kAlignment) Block {
  size_t bytes;                 // with this header
  Block *before, *behind;       // neighbours in the span; of a small block that waits, behind is the next one of its size
  bool taken;
  bool small;
};
static_assert(sizeof(Block) == kAlignment, "what lies behind a header is as aligned as the header");

size_t rounded(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

[[noreturn]] void out_of_memory(size_t bytes) {
  TORCH_CHECK_WITH(OutOfMemoryError, false, "not enough memory: ", bytes, " bytes were asked for");
  std::abort();
}

struct Smaller {
  bool operator()(const Block *one, const Block *other) const {
    return one->bytes != other->bytes ? one->bytes < other->bytes : std::less<const Block *>()(one, other);
  }
};

class HostMemory {
 public:
  void *take(size_t asked) {
    std::lock_guard<std::mutex> lock(mutex_);
    size_t bytes = rounded(asked + sizeof(Block), kAlignment);
    Block *block = bytes < kLarge ? take_small(bytes) : take_large(bytes);
    block->taken = true;
    live_ += block->bytes;
    peak_ = std::max(peak_, live_);
    needed_ = std::max(needed_, live_);
    return block + 1;
  }

  void give(void *memory) {
    Block *block = static_cast<Block *>(memory) - 1;
    std::lock_guard<std::mutex> lock(mutex_);
    live_ -= block->bytes;
    block->taken = false;
    if (block->small) {
      Block *&first = small_[block->bytes / kAlignment];
      block->behind = first;
      first = block;
    } else {
      waiting_.insert(merged(block));
    }
  }

  MemoryFigures figures(bool reset_peak) {
    std::lock_guard<std::mutex> lock(mutex_);
    MemoryFigures figures{static_cast<int64_t>(live_), static_cast<int64_t>(peak_), static_cast<int64_t>(held_)};
    if (reset_peak) peak_ = live_;
    return figures;
  }

 private:
  Block *take_small(size_t bytes) {
    // Above 1 KiB a step of an eighth, so that sizes find one another.
    size_t unit = kAlignment;
    while (bytes > 16 * unit) unit *= 2;
    bytes = rounded(bytes, unit);

    Block *&first = small_[bytes / kAlignment];
    if (Block *block = first) {
      first = block->behind;
      return block;
    }
    Block *block = static_cast<Block *>(aligned(bytes));
    if (block == nullptr) out_of_memory(bytes);
    *block = {bytes, nullptr, nullptr, true, true};
    held_ += bytes;
    return block;
  }

  // The smallest that is large enough; what is left of it waits on.
  Block *take_large(size_t bytes) {
    Block wanted{};
    wanted.bytes = bytes;
    auto found = waiting_.lower_bound(&wanted);
    Block *block = found == waiting_.end() ? new_span(bytes) : *found;
    if (found != waiting_.end()) waiting_.erase(found);

    if (block->bytes - bytes >= kLarge) {
      auto *rest = reinterpret_cast<Block *>(reinterpret_cast<char *>(block) + bytes);
      *rest = {block->bytes - bytes, block, block->behind, false, false};
      if (rest->behind != nullptr) rest->behind->before = rest;
      block->behind = rest;
      block->bytes = bytes;
      waiting_.insert(rest);
    }
    return block;
  }

  // With its free neighbours one block, which is in no list.
  Block *merged(Block *block) {
    if (block->behind != nullptr && !block->behind->taken) {
      waiting_.erase(block->behind);
      swallow(block);
    }
    if (block->before != nullptr && !block->before->taken) {
      block = block->before;
      waiting_.erase(block);
      swallow(block);
    }
    return block;
  }

  static void swallow(Block *block) {
    block->bytes += block->behind->bytes;
    block->behind = block->behind->behind;
    if (block->behind != nullptr) block->behind->before = block;
  }

  Block *new_span(size_t bytes) {
    size_t span = rounded(std::max(bytes, kSpan), kHugePage);
    release_spans(span);
    void *memory = map(span);
    if (memory == nullptr) out_of_memory(bytes);
    held_ += span;
    auto *block = static_cast<Block *>(memory);
    *block = {span, nullptr, nullptr, false, false};
    return block;
  }

  // Spans without a tensor go, the largest first, until the new one has its place below the most that was ever needed.
  void release_spans(size_t bytes) {
    size_t limit = std::max(needed_, live_ + bytes) + kSlack;
    for (auto place = waiting_.end(); place != waiting_.begin() && held_ + bytes > limit;) {
      Block *block = *--place;
      if (block->before != nullptr || block->behind != nullptr) continue;
      place = waiting_.erase(place);
      held_ -= block->bytes;
      unmap(block, block->bytes);
    }
  }

#if defined(__linux__)
  // Large pages, where the system has them: one fault in place of 512.
  static void *map(size_t bytes) {
    void *mapped = mmap(nullptr, bytes + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return nullptr;
    char *start = static_cast<char *>(mapped);
    size_t skipped = rounded(reinterpret_cast<uintptr_t>(start), kHugePage) - reinterpret_cast<uintptr_t>(start);
    if (skipped > 0) munmap(start, skipped);
    if (skipped < kHugePage) munmap(start + skipped + bytes, kHugePage - skipped);
    madvise(start + skipped, bytes, MADV_HUGEPAGE);
    return start + skipped;
  }

  static void unmap(void *memory, size_t bytes) { munmap(memory, bytes); }
#else
  static void *map(size_t bytes) { return aligned(bytes); }

  static void unmap(void *memory, size_t) {
#if defined(_WIN32)
    _aligned_free(memory);
#else
    free(memory);
#endif
  }
#endif

  static void *aligned(size_t bytes) {
#if defined(_WIN32)
    return _aligned_malloc(bytes, kAlignment);
#else
    void *memory = nullptr;
    return posix_memalign(&memory, kAlignment, bytes) == 0 ? memory : nullptr;
#endif
  }

  std::mutex mutex_;
  std::array<Block *, kLarge / kAlignment + 1> small_{};   // that wait, by size
  std::set<Block *, Smaller> waiting_;                     // large ones that wait
  size_t live_ = 0;                                        // bytes that tensors have, with their headers
  size_t held_ = 0;                                        // those and what waits
  size_t peak_ = 0;                                        // of live, since the last reset
  size_t needed_ = 0;                                      // of live, ever
};

// Never destroyed: tensors may outlive everything static.
HostMemory &host() {
  static auto *memory = new HostMemory();
  return *memory;
}

void give_back(void *bytes) {
  if (bytes != nullptr) host().give(bytes);   // oneDNN's side gives back what it never took
}

// libtorch 1.13 has a const allocate and no copy_data; later versions have the others. Whichever it has is overridden, hence
// no "override".
class HostAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t bytes) const { return allocated(bytes); }
  c10::DataPtr allocate(size_t bytes) { return allocated(bytes); }
  c10::DeleterFnPtr raw_deleter() const override { return &give_back; }
  void copy_data(void *to, const void *from, size_t bytes) const { std::copy_n(static_cast<const char *>(from), bytes, static_cast<char *>(to)); }

 private:
  static c10::DataPtr allocated(size_t bytes) {
    void *memory = bytes == 0 ? nullptr : host().take(bytes);
    return {memory, memory, &give_back, c10::Device(c10::DeviceType::CPU)};
  }
};

// In force from the moment the shim is loaded: tensors from before free themselves in their own way.
const bool g_installed = [] {
  c10::SetCPUAllocator(new HostAllocator(), /*priority=*/1);
  return true;
}();

}  // namespace

MemoryFigures host_memory(bool reset_peak) { return host().figures(reset_peak); }

}  // namespace sagan
