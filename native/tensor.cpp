// Tensors in and out of host memory, and what they look like.
#include "error.h"
#include "value.h"

#include <ATen/Functions.h>

#include <c10/util/accumulate.h>

#include <cstring>
#include <memory>

using namespace sagan;

int sagan_tensor_from_host(const void *data, int64_t bytes, int32_t dtype, const int64_t *sizes, int32_t rank,
                           int32_t device_type, int32_t device_index, sagan_tensor *made) {
  *made = nullptr;
  return guard([&] {
    auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype));
    at::Tensor host = at::empty(at::IntArrayRef(sizes, rank), options);
    TORCH_CHECK(static_cast<int64_t>(host.nbytes()) == bytes, "the shape holds ", host.nbytes(), " bytes, got ", bytes);
    if (bytes > 0) std::memcpy(host.data_ptr(), data, bytes);
    c10::Device device = device_of(device_type, device_index);
    *made = release(device.is_cpu() ? host : host.to(device));
  });
}

int sagan_tensor_over_host(void *data, int64_t bytes, int32_t dtype, const int64_t *sizes, int32_t rank,
                           void (*give_back)(void *), void *context, sagan_tensor *made) {
  *made = nullptr;
  std::shared_ptr<void> lease(context, give_back);
  return guard([&] {
    auto type = static_cast<c10::ScalarType>(dtype);
    int64_t held = c10::multiply_integers(at::IntArrayRef(sizes, rank)) * static_cast<int64_t>(c10::elementSize(type));
    TORCH_CHECK(held == bytes, "the shape holds ", held, " bytes, got ", bytes);
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
