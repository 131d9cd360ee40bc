// What the memory of tensors on the processor comes to.
#ifndef SAGAN_ALLOCATOR_H
#define SAGAN_ALLOCATOR_H

#include <cstdint>

namespace sagan {

struct MemoryFigures {
  int64_t live;   // bytes that tensors have
  int64_t peak;   // the most of it since the last reset
  int64_t held;   // bytes taken from the system
};

MemoryFigures host_memory(bool reset_peak);

}  // namespace sagan

#endif
