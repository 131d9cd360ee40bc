// Devices, threads, random generators, switches, errors and facts of the build.
#include "allocator.h"
#include "error.h"
#include "value.h"

#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <atomic>
#include <cstddef>

// Memory figures of a GPU come from libtorch's own allocator: through the generic
// interface where it exists, else through CUDA's, which needs the toolkit's headers.
#if SAGAN_TORCH_AT_LEAST(2, 9)
#include <c10/core/CachingDeviceAllocator.h>
#define SAGAN_MEMORY_GENERIC
#elif defined(SAGAN_WITH_CUDA) && __has_include(<cuda_runtime_api.h>)
#include <c10/cuda/CUDACachingAllocator.h>
#define SAGAN_MEMORY_CUDA
#endif

namespace sagan {

std::string &last_error() {
  thread_local std::string message;
  return message;
}

int fail(int status, const char *message) noexcept {
  try {
    last_error() = message;
  } catch (...) {
    // No memory for the message: the status alone must do.
  }
  return status;
}

namespace {

std::atomic<bool> g_gpu_shortcuts{false};

bool present(c10::DeviceType type) { return c10::impl::hasDeviceGuardImpl(type); }

}  // namespace

bool gpu_shortcuts() noexcept { return g_gpu_shortcuts; }

}  // namespace sagan

using namespace sagan;

const char *sagan_last_error(void) { return last_error().c_str(); }

void sagan_build(sagan_build_info *info) {
  info->abi = SAGAN_ABI;
  info->value_size = sizeof(sagan_value);
  info->value_payload = offsetof(sagan_value, integer);
  info->info_size = sizeof(sagan_tensor_info);
  info->info_requires_grad = offsetof(sagan_tensor_info, requires_grad);
#ifdef SAGAN_WITH_CUDA
  info->cuda = 1;
#else
  info->cuda = 0;
#endif
  info->torch_version = TORCH_VERSION;
}

int sagan_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, sagan_generator *made) {
  *made = nullptr;
  return guard([&] {
    c10::Device device = device_of(device_type, device_index);
    at::Generator generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    *made = new at::Generator(std::move(generator));
  });
}

void sagan_generator_free(sagan_generator generator) { delete static_cast<at::Generator *>(generator); }

int sagan_generator_get_state(sagan_generator generator, sagan_tensor *made) {
  *made = nullptr;
  return guard([&] { *made = release(static_cast<at::Generator *>(generator)->get_state()); });
}

int sagan_generator_set_state(sagan_generator generator, sagan_tensor state) {
  return guard([&] { static_cast<at::Generator *>(generator)->set_state(borrow(state)); });
}

int32_t sagan_device_count(int32_t device_type) {
  auto type = static_cast<c10::DeviceType>(device_type);
  int32_t count = 0;
  guard([&] {
    if (type == c10::DeviceType::CPU) count = 1;
    else if (present(type)) count = c10::impl::VirtualGuardImpl(type).deviceCount();
  });
  return count;
}

int sagan_device_synchronize(int32_t device_type, int32_t device_index) {
  return guard([&] {
    c10::Device device = device_of(device_type, device_index);
    if (device.is_cpu()) return;
    c10::impl::VirtualGuardImpl guard_impl(device.type());
    guard_impl.synchronizeStream(guard_impl.getStream(device));
  });
}

int sagan_device_memory(int32_t device_type, int32_t device_index, int32_t reset_peak, sagan_memory_info *info) {
  *info = {-1, -1, -1};
  return guard([&] {
    c10::Device device = device_of(device_type, device_index);
    if (device.is_cpu()) {
      MemoryFigures figures = host_memory(reset_peak != 0);
      *info = {figures.live, figures.peak, figures.held};
      return;
    }
    if (!present(device.type())) return;
#if defined(SAGAN_MEMORY_GENERIC)
    c10::DeviceAllocator *allocator = c10::getDeviceAllocator(device.type());
    auto stats = allocator->getDeviceStats(device.index());
    if (reset_peak) allocator->resetPeakStats(device.index());
#elif defined(SAGAN_MEMORY_CUDA)
    auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(device.index());
    if (reset_peak) c10::cuda::CUDACachingAllocator::resetPeakStats(device.index());
#endif
#if defined(SAGAN_MEMORY_GENERIC) || defined(SAGAN_MEMORY_CUDA)
    info->allocated = stats.allocated_bytes[0].current;
    info->peak_allocated = stats.allocated_bytes[0].peak;
    info->reserved = stats.reserved_bytes[0].current;
#endif
  });
}

int32_t sagan_threads(int32_t count) {
  int32_t threads = 1;
  guard([&] {
    // Setting it makes threads for another of libtorch's pools, which spin until they find out that nobody wants them.
    if (count > 0 && count != at::get_num_threads()) at::set_num_threads(count);
    threads = at::get_num_threads();
  });
  return threads;
}

int sagan_switch(const char *name, int32_t enabled) {
  return guard([&] {
    const std::string key = name;
    const bool on = enabled != 0;
    at::Context &context = at::globalContext();
    if (key == "deterministic") {
      context.setDeterministicAlgorithms(on, /*warn_only=*/false);
      context.setDeterministicCuDNN(on);
    } else if (key == "cudnn_benchmark") {
      context.setBenchmarkCuDNN(on);
    } else if (key == "tf32") {
      context.setAllowTF32CuBLAS(on);
      context.setAllowTF32CuDNN(on);
    } else if (key == "onednn") {
      context.setUserEnabledMkldnn(on);
    } else if (key == "flush_denormal") {
      TORCH_CHECK(context.setFlushDenormal(on) || !on, "this processor cannot flush denormals");
    } else if (key == "gpu_shortcuts") {
      g_gpu_shortcuts = on;
    } else {
      TORCH_CHECK(false, "no switch named '", key, "'; there are deterministic, cudnn_benchmark, tf32, onednn, flush_denormal, gpu_shortcuts");
    }
  });
}
