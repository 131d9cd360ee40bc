// Tensors in and out of host memory, and what they look like.
#include "error.h"
#include "value.h"

#include <ATen/Functions.h>

#include <c10/util/accumulate.h>

#include <cstring>
#include <memory>

using namespace sagan;

namespace {

// More than a batch takes is not worth pages that stay locked for good.
constexpr int64_t kMostPinned = 64 << 20;

// A copy that goes to a GPU by itself, while this thread works on: its allocator lends a pinned block to nobody else before the GPU has
// read it.
at::Tensor pinned_copy(const void *data, at::IntArrayRef sizes, c10::ScalarType type) {
  at::Tensor host = at::empty(sizes, at::TensorOptions().dtype(type).pinned_memory(true));
  std::memcpy(host.data_ptr(), data, host.nbytes());
  return host;
}

void require_size(at::IntArrayRef sizes, c10::ScalarType type, int64_t bytes) {
  int64_t held = c10::multiply_integers(sizes) * static_cast<int64_t>(c10::elementSize(type));
  TORCH_CHECK(held == bytes, "the shape holds ", held, " bytes, got ", bytes);
}

bool goes_by_itself(c10::Device device, int64_t bytes) { return gpu_shortcuts() && device.is_cuda() && bytes > 0 && bytes <= kMostPinned; }

}  // namespace

int sagan_tensor_from_host(const void *data, int64_t bytes, int32_t dtype, const int64_t *sizes, int32_t rank,
                           int32_t device_type, int32_t device_index, sagan_tensor *made) {
  *made = nullptr;
  return guard([&] {
    auto type = static_cast<c10::ScalarType>(dtype);
    at::IntArrayRef shape(sizes, rank);
    require_size(shape, type, bytes);
    c10::Device device = device_of(device_type, device_index);
    if (goes_by_itself(device, bytes)) {
      *made = release(pinned_copy(data, shape, type).to(device, /*non_blocking=*/true));
      return;
    }
    at::Tensor host = at::empty(shape, at::TensorOptions().dtype(type));
    if (bytes > 0) std::memcpy(host.data_ptr(), data, bytes);
    *made = release(device.is_cpu() ? host : host.to(device));
  });
}

int sagan_tensor_over_host(void *data, int64_t bytes, int32_t dtype, const int64_t *sizes, int32_t rank,
                           void (*give_back)(void *), void *context, sagan_tensor *made) {
  *made = nullptr;
  std::shared_ptr<void> lease(context, give_back);
  return guard([&] {
    auto type = static_cast<c10::ScalarType>(dtype);
    require_size(at::IntArrayRef(sizes, rank), type, bytes);
    *made = release(at::from_blob(data, at::IntArrayRef(sizes, rank), [lease](void *) {}, at::TensorOptions().dtype(type)));
  });
}

int sagan_tensor_fill_from_host(sagan_tensor tensor, const void *data, int64_t bytes) {
  return guard([&] {
    at::Tensor filled = borrow(tensor).detach();
    TORCH_CHECK(static_cast<int64_t>(filled.nbytes()) == bytes, "the tensor holds ", filled.nbytes(), " bytes, got ", bytes);
    if (bytes == 0) return;
    if (filled.is_cpu() && filled.is_contiguous()) {
      std::memcpy(filled.data_ptr(), data, bytes);
      return;
    }
    if (goes_by_itself(filled.device(), bytes))
      filled.copy_(pinned_copy(data, filled.sizes(), filled.scalar_type()), /*non_blocking=*/true);
    else
      filled.copy_(at::from_blob(const_cast<void *>(data), filled.sizes(), filled.options().device(c10::kCPU)));
  });
}

int sagan_tensor_to_host(sagan_tensor tensor, void *data, int64_t bytes) {
  return guard([&] {
    at::Tensor host = borrow(tensor).detach().to(c10::kCPU).contiguous();
    TORCH_CHECK(static_cast<int64_t>(host.nbytes()) == bytes, "the tensor holds ", host.nbytes(), " bytes, asked for ", bytes);
    if (bytes > 0) std::memcpy(data, host.data_ptr(), bytes);
  });
}

int sagan_tensor_describe(sagan_tensor tensor, sagan_tensor_info *info) {
  return guard([&] {
    auto *impl = static_cast<c10::TensorImpl *>(tensor);
    c10::Device device = impl->device();
    info->count = impl->numel();
    info->sizes = impl->sizes().data();
    info->rank = static_cast<int32_t>(impl->dim());
    info->dtype = static_cast<int32_t>(c10::typeMetaToScalarType(impl->dtype()));
    info->device_type = static_cast<int32_t>(device.type());
    info->device_index = device.index();
    info->requires_grad = impl->requires_grad();
    info->contiguous = impl->is_contiguous();
  });
}

void sagan_tensor_free(const sagan_tensor *tensors, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (tensors[i] != nullptr)
      c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl *>(tensors[i]));
  }
}
