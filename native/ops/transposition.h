// Sixteen rows as sixteen columns.
#ifndef SAGAN_OPS_TRANSPOSITION_H
#define SAGAN_OPS_TRANSPOSITION_H

#include <cstdint>

namespace sagan::ops {

// to[c · to_stride + r] = from[r · from_stride + c] for both from 0 to 15.
using Transposition = void (*)(const float *from, int64_t from_stride, float *to, int64_t to_stride);

// With the widest vectors that the processor has.
Transposition transposition();

}  // namespace sagan::ops

#endif
