// Times of operators: what libtorch says of itself while it runs, kept until it is asked for.
//
// libtorch tells observers when operators and nodes of the backward pass begin and end (RecordFunction). The observer hangs
// on the thread that began to record; libtorch takes it along to the threads that go backward for it on other devices.
#include "error.h"

#include <ATen/record_function.h>

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sagan {
namespace {

int64_t now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// One at a time in the process. Never destroyed: a thread of libtorch may end its last node when the process is ending.
struct Recording {
  std::mutex lock;
  at::CallbackHandle observer = at::INVALID_CALLBACK_HANDLE;  // valid while recording
  uint64_t thread = 0;                                        // the one that began
  int64_t number = 0;                                         // of the recording: an end may come when the next has begun
  std::vector<sagan_profile_event> events;                    // in the order in which they began
  std::deque<std::string> texts;                              // stay where they are in memory
  std::vector<const char *> names;                            // the same, for the caller
  std::unordered_map<std::string_view, int32_t> known;        // the same, with their places

  bool runs() const { return observer != at::INVALID_CALLBACK_HANDLE; }

  int32_t name_of(const char *name) {
    auto place = known.find(name);
    if (place != known.end()) return place->second;
    texts.emplace_back(name);
    names.push_back(texts.back().c_str());
    return known.emplace(texts.back(), static_cast<int32_t>(known.size())).first->second;
  }

  void clear() {
    events.clear();
    known.clear();
    names.clear();
    texts.clear();
  }
};

Recording &recording() {
  static auto *one = new Recording();
  return *one;
}

// How many observed calls of this thread are open.
int32_t &depth() {
  thread_local int32_t open = 0;
  return open;
}

// What has begun and not ended.
struct Open : at::ObserverContext {
  Open(int64_t number, size_t place) : number(number), place(place) {}
  int64_t number;
  size_t place;
};

std::unique_ptr<at::ObserverContext> begin_event(const at::RecordFunction &function) {
  Recording &to = recording();
  std::lock_guard<std::mutex> held(to.lock);
  if (!to.runs()) return nullptr;

  sagan_profile_event event{};
  event.sequence = function.seqNr();
  event.thread = function.threadId();
  event.forward_thread = function.forwardThreadId();
  event.name = to.name_of(function.name());
  event.backward = function.scope() == at::RecordScope::BACKWARD_FUNCTION;
  event.depth = depth();
  auto open = std::make_unique<Open>(to.number, to.events.size());
  to.events.push_back(event);
  depth()++;
  to.events.back().start = now();
  return open;
}

void end_event(const at::RecordFunction &, at::ObserverContext *context) {
  int64_t end = now();
  auto *open = static_cast<Open *>(context);
  if (open == nullptr) return;
  depth()--;

  Recording &to = recording();
  std::lock_guard<std::mutex> held(to.lock);
  if (to.runs() && open->number == to.number) to.events[open->place].end = end;
}

}  // namespace
}  // namespace sagan

using namespace sagan;

int sagan_profile_begin(void) {
  return guard([&] {
    Recording &started = recording();
    std::lock_guard<std::mutex> held(started.lock);
    TORCH_CHECK(!started.runs(), "operators are being recorded already; one recording at a time in a process");
    started.clear();
    started.number++;
    started.thread = at::RecordFunction::currentThreadId();
    started.observer = at::addThreadLocalCallback(
        at::RecordFunctionCallback(&begin_event, &end_event)
            .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION}));
  });
}

int sagan_profile_end(sagan_profile *profile) {
  *profile = {};
  return guard([&] {
    Recording &ended = recording();
    std::lock_guard<std::mutex> held(ended.lock);
    TORCH_CHECK(ended.runs(), "no operators are being recorded");
    TORCH_CHECK(ended.thread == at::RecordFunction::currentThreadId(), "the thread that began to record operators must end it");
    at::removeCallback(ended.observer);
    ended.observer = at::INVALID_CALLBACK_HANDLE;

    // A thread that has just handed over its last gradient may not have come to say that its node ends.
    for (sagan_profile_event &event : ended.events)
      if (event.end == 0) event.end = now();
    profile->events = ended.events.data();
    profile->event_count = static_cast<int64_t>(ended.events.size());
    profile->names = ended.names.data();
    profile->name_count = static_cast<int32_t>(ended.names.size());
    profile->thread = ended.thread;
  });
}

int64_t sagan_profile_clock(void) { return now(); }
