// Graphs of a GPU: what a thread gives to it between begin and end is recorded, and goes to it by one call from then on. Needs
// CUDA's runtime headers, which no libtorch brings; without them the functions are there and refuse.
#include "error.h"
#include "value.h"

#if defined(SAGAN_WITH_CUDA) && SAGAN_TORCH_AT_LEAST(2, 5) && __has_include(<cuda_runtime_api.h>)
#define SAGAN_GRAPHS
#include <ATen/cuda/CUDAGraph.h>
#include <c10/core/DeviceGuard.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAStream.h>

#include <memory>
#endif

using namespace sagan;

#ifdef SAGAN_GRAPHS

struct sagan_graph {
  at::cuda::CUDAGraph work;
  decltype(at::cuda::graph_pool_handle()) pool;   // where its memory comes from
  c10::cuda::CUDAStream recorded, outer;          // CUDA records on any stream but the one that everybody uses
  bool recording = false;

  sagan_graph(c10::Device device, const sagan_graph *shared)
      : pool(shared != nullptr ? shared->pool : at::cuda::graph_pool_handle()),
        recorded(c10::cuda::getStreamFromPool(/*isHighPriority=*/false, device.index())),
        outer(c10::cuda::getCurrentCUDAStream(device.index())) {}

  void begin() {
    c10::DeviceGuard device(recorded.device());
    c10::cuda::device_synchronize();
    // What eager steps needed waits in stock, and the graph has memory of its own.
    c10::cuda::CUDACachingAllocator::emptyCache();
    c10::cuda::setCurrentCUDAStream(recorded);
    recording = true;
    work.capture_begin(pool);
  }

  void end() {
    c10::DeviceGuard device(recorded.device());
    recording = false;
    try {
      work.capture_end();
    } catch (...) {
      // Where CUDA refuses to end, libtorch leaves its allocator recording, and the memory taken.
      guard([&] {
        c10::cuda::CUDACachingAllocator::endAllocateToPool(recorded.device_index(), pool);
        c10::cuda::CUDACachingAllocator::releasePool(recorded.device_index(), pool);
      });
      c10::cuda::setCurrentCUDAStream(outer);
      throw;
    }
    c10::cuda::setCurrentCUDAStream(outer);
  }

  // Ending is the only way out, and fails where recording has failed: that is known already.
  ~sagan_graph() {
    if (recording) guard([&] { end(); });
  }
};

int32_t sagan_graph_supported(void) { return 1; }

int sagan_graph_begin(int32_t device_index, const sagan_graph *shared, sagan_graph **made) {
  *made = nullptr;
  return guard([&] {
    auto graph = std::make_unique<sagan_graph>(device_of(static_cast<int32_t>(c10::DeviceType::CUDA), device_index), shared);
    graph->begin();
    *made = graph.release();
  });
}

int sagan_graph_end(sagan_graph *graph) {
  return guard([&] { graph->end(); });
}

int sagan_graph_replay(sagan_graph *graph) {
  return guard([&] { graph->work.replay(); });
}

void sagan_graph_free(sagan_graph *graph) {
  guard([&] { delete graph; });
}

#else

int32_t sagan_graph_supported(void) { return 0; }

int sagan_graph_begin(int32_t, const sagan_graph *, sagan_graph **made) {
  *made = nullptr;
  return fail(SAGAN_NOT_FOUND, "this shim was built without graphs: they need a CUDA libtorch, 2.5 or newer, and CUDA's headers");
}

int sagan_graph_end(sagan_graph *) { return fail(SAGAN_NOT_FOUND, "there is no graph"); }

int sagan_graph_replay(sagan_graph *) { return fail(SAGAN_NOT_FOUND, "there is no graph"); }

void sagan_graph_free(sagan_graph *) {}

#endif
