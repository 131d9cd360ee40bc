/* The whole C ABI between Sagan.Tensors (C#) and libtorch.
 *
 * One door: an operator is found by name and called with tagged values through
 * the boxed dispatcher; nothing here knows what a convolution is. The other
 * functions are what the dispatcher does not reach: autograd, random
 * generators, host memory, devices, threads and process-wide switches.
 *
 * No C++ exception crosses this border. Functions return a status; on failure
 * sagan_last_error() gives the message of the calling thread. A tensor handle
 * is the TensorImpl itself with one counted reference; null is "no tensor". */
#ifndef SAGAN_H
#define SAGAN_H

#include <stdint.h>

#if defined(_WIN32)
#define SAGAN_API __declspec(dllexport)
#else
#define SAGAN_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Raised by one whenever a signature or a struct below changes. */
#define SAGAN_ABI 4

typedef enum sagan_status {
  SAGAN_OK = 0,
  SAGAN_ERROR = 1,
  SAGAN_OUT_OF_MEMORY = 2,
  SAGAN_NOT_FOUND = 3
} sagan_status;

typedef enum sagan_tag {
  SAGAN_NONE = 0,
  SAGAN_TENSOR = 1,    /* pointer */
  SAGAN_INTEGER = 2,   /* integer; also element types, layouts, memory formats */
  SAGAN_REAL = 3,      /* real */
  SAGAN_BOOLEAN = 4,   /* integer, 0 or 1 */
  SAGAN_TEXT = 5,      /* pointer to UTF-8, count bytes */
  SAGAN_DEVICE = 6,    /* integer: type << 16 | (index & 0xffff), index 0xffff = current */
  SAGAN_GENERATOR = 7, /* pointer */
  SAGAN_INTEGERS = 8,  /* pointer to int64_t, count */
  SAGAN_REALS = 9,     /* pointer to double, count */
  SAGAN_BOOLEANS = 10, /* pointer to uint8_t, count */
  SAGAN_TENSORS = 11   /* pointer to handles, count; a null handle is an absent element */
} sagan_tag;

typedef struct sagan_value {
  int32_t tag;
  int32_t count;
  union {
    int64_t integer;
    double real;
    void *pointer;
  };
} sagan_value;

typedef struct sagan_tensor_info {
  int64_t count;        /* elements */
  const int64_t *sizes; /* rank entries, valid while the tensor lives */
  int32_t rank;
  int32_t dtype;        /* c10::ScalarType */
  int32_t device_type;  /* c10::DeviceType */
  int32_t device_index;
  int32_t requires_grad;
  int32_t contiguous;
} sagan_tensor_info;

typedef struct sagan_build_info {
  int32_t abi;            /* SAGAN_ABI the library was built with */
  int32_t value_size;     /* sizeof(sagan_value) */
  int32_t value_payload;  /* offset of the union in sagan_value */
  int32_t info_size;      /* sizeof(sagan_tensor_info) */
  int32_t info_requires_grad; /* offset of requires_grad in sagan_tensor_info */
  int32_t cuda;           /* 1: linked against a CUDA build of libtorch */
  const char *torch_version; /* static text, for instance "1.13.0" */
} sagan_build_info;

typedef struct sagan_memory_info {
  int64_t allocated;      /* bytes in live tensors; -1 where this build cannot tell */
  int64_t peak_allocated; /* since start or the last reset */
  int64_t reserved;       /* bytes held from the device */
} sagan_memory_info;

typedef struct sagan_profile_event {
  int64_t start;           /* nanoseconds of sagan_profile_clock */
  int64_t end;
  int64_t sequence;        /* the next node of the thread's gradient graph; in the backward pass, the node itself; -1: none */
  uint64_t thread;         /* libtorch's own number */
  uint64_t forward_thread; /* the thread that made the node; 0 outside the backward pass */
  int32_t name;            /* index into the profile's names */
  int32_t depth;           /* observed calls of this thread that it lies in */
  int32_t backward;        /* 1: a node of the gradient graph, 0: an operator, or a stretch of the autograd engine */
} sagan_profile_event;

typedef struct sagan_profile {
  const sagan_profile_event *events; /* event_count of them, in the order in which they began */
  int64_t event_count;
  const char *const *names;
  int32_t name_count;
  uint64_t thread;                   /* the thread that recorded */
} sagan_profile;

typedef struct sagan_operator sagan_operator;
typedef struct sagan_graph sagan_graph;
typedef void *sagan_tensor;
typedef void *sagan_generator;

SAGAN_API void sagan_build(sagan_build_info *info);
SAGAN_API const char *sagan_last_error(void);

/* The door. Handles of operators live as long as the process. */
SAGAN_API int sagan_operator_find(const char *name, const char *overload, sagan_operator **found);
SAGAN_API const char *sagan_operator_schema(sagan_operator *op);
/* Missing trailing arguments take the defaults of the schema. `results` has room
 * for `capacity` values, `*count` tells how many came; tensors in them belong to
 * the caller, other pointers are valid until this thread's next call. A null
 * `results` drops whatever the operator returns (in-place operators). */
SAGAN_API int sagan_operator_call(sagan_operator *op, const sagan_value *arguments, int32_t argument_count,
                                  sagan_value *results, int32_t capacity, int32_t *count);

/* Tensors and host memory (contiguous, C order, the host's byte order). */
SAGAN_API int sagan_tensor_from_host(const void *data, int64_t bytes, int32_t dtype, const int64_t *sizes,
                                     int32_t rank, int32_t device_type, int32_t device_index, sagan_tensor *made);
/* Without a copy: the tensor lies where the data does, on the processor. give_back(context) is called once, when the last tensor
 * that shares it is freed, or before the return where the call fails; on whichever thread that happens. */
SAGAN_API int sagan_tensor_over_host(void *data, int64_t bytes, int32_t dtype, const int64_t *sizes, int32_t rank,
                                     void (*give_back)(void *context), void *context, sagan_tensor *made);
/* Overwrites a tensor of the same number of bytes; its memory stays where it is. */
SAGAN_API int sagan_tensor_fill_from_host(sagan_tensor tensor, const void *data, int64_t bytes);
SAGAN_API int sagan_tensor_to_host(sagan_tensor tensor, void *data, int64_t bytes);
SAGAN_API int sagan_tensor_describe(sagan_tensor tensor, sagan_tensor_info *info);
SAGAN_API void sagan_tensor_free(const sagan_tensor *tensors, int32_t count);

/* Autograd. */
SAGAN_API int sagan_backward(const sagan_tensor *outputs, const sagan_tensor *gradients, int32_t count,
                             int32_t retain_graph, int32_t create_graph);
SAGAN_API int sagan_gradients(const sagan_tensor *outputs, const sagan_tensor *output_gradients, int32_t output_count,
                              const sagan_tensor *inputs, int32_t input_count, int32_t retain_graph,
                              int32_t create_graph, int32_t allow_unused, sagan_tensor *made);
SAGAN_API int sagan_set_requires_grad(sagan_tensor tensor, int32_t requires_grad);
SAGAN_API int sagan_get_gradient(sagan_tensor tensor, sagan_tensor *gradient); /* null where there is none */
SAGAN_API int sagan_set_gradient(sagan_tensor tensor, sagan_tensor gradient);  /* null clears it */
SAGAN_API int32_t sagan_grad_mode(int32_t enabled); /* this thread's; returns the former; negative only asks */

/* Random generators. */
SAGAN_API int sagan_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, sagan_generator *made);
SAGAN_API void sagan_generator_free(sagan_generator generator);
SAGAN_API int sagan_generator_get_state(sagan_generator generator, sagan_tensor *made);
SAGAN_API int sagan_generator_set_state(sagan_generator generator, sagan_tensor state);

/* Devices, threads, switches. */
SAGAN_API int32_t sagan_device_count(int32_t device_type);
SAGAN_API int sagan_device_synchronize(int32_t device_type, int32_t device_index);
SAGAN_API int sagan_device_memory(int32_t device_type, int32_t device_index, int32_t reset_peak,
                                  sagan_memory_info *info);
SAGAN_API int32_t sagan_threads(int32_t count); /* sets where positive; returns the number in force */
/* Names: deterministic, cudnn_benchmark, tf32, onednn, flush_denormal (this thread's), gpu_shortcuts (uploads that do not wait, and
 * libtorch's own attention, on a GPU). */
SAGAN_API int sagan_switch(const char *name, int32_t enabled);

/* Graphs of a GPU. Between begin and end the device does nothing of what this thread gives it, and remembers all of it; replay gives
 * it the whole at once, on the same memory. Meanwhile nothing may wait for the device or read the host's memory. One recording at a
 * time. `shared`: a graph whose memory this one may use, too, because they never run at once; or null. free also gives up what has
 * been begun. */
SAGAN_API int32_t sagan_graph_supported(void); /* 1: this shim was built with them */
SAGAN_API int sagan_graph_begin(int32_t device_index, const sagan_graph *shared, sagan_graph **made);
SAGAN_API int sagan_graph_end(sagan_graph *graph);
SAGAN_API int sagan_graph_replay(sagan_graph *graph);
SAGAN_API void sagan_graph_free(sagan_graph *graph);

/* Times of operators: those that the calling thread runs between begin and end, and what goes backward for it on other
 * threads. One recording at a time in the process, begun and ended by the same thread. What `end` hands over is valid until
 * the next begin. While nothing is recorded, nothing is in the way of an operator. */
SAGAN_API int sagan_profile_begin(void);
SAGAN_API int sagan_profile_end(sagan_profile *profile);
SAGAN_API int64_t sagan_profile_clock(void); /* nanoseconds since some moment; never goes back */

#ifdef __cplusplus
}
#endif

#endif
