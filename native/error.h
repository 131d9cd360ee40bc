// The guard that keeps C++ exceptions on this side of the border.
#pragma once

#include "sagan.h"

#include <c10/util/Exception.h>

#include <exception>
#include <new>
#include <string>

namespace sagan {

// Message of the last failure on this thread.
std::string &last_error();

int fail(int status, const char *message) noexcept;

template <typename Body>
int guard(Body &&body) noexcept {
  try {
    body();
    return SAGAN_OK;
  } catch (const c10::OutOfMemoryError &error) {
    return fail(SAGAN_OUT_OF_MEMORY, error.what_without_backtrace());
  } catch (const c10::Error &error) {
    return fail(SAGAN_ERROR, error.what_without_backtrace());
  } catch (const std::bad_alloc &error) {
    return fail(SAGAN_OUT_OF_MEMORY, error.what());
  } catch (const std::exception &error) {
    return fail(SAGAN_ERROR, error.what());
  } catch (...) {
    return fail(SAGAN_ERROR, "an exception of unknown type");
  }
}

}  // namespace sagan
