// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/fake_time.hpp"
#include "storage/callback_log.hpp"
#include "storage/storage.hpp"

namespace weir::storage {

/// A Storage under test and what drives it, in one thread and without real time.
class StorageWorld {
 public:
  virtual ~StorageWorld() = default;

  virtual Storage& storage() = 0;
  virtual CallbackLog& callbacks() = 0;
  /// Lets the storage's own workers (the journal's writer) make a step.
  virtual void Step() = 0;

  /// Begins `task`; the answer appears in what is returned once it is there.
  template <typename T>
  std::shared_ptr<std::optional<T>> Begin(boost::asio::awaitable<T> task) {
    auto answer = std::make_shared<std::optional<T>>();
    boost::asio::co_spawn(io, std::move(task), [answer](std::exception_ptr thrown, T value) {
      if (thrown) std::rethrow_exception(thrown);
      *answer = std::move(value);
    });
    return answer;
  }

  /// Runs `task` to its end.
  template <typename T>
  T Run(boost::asio::awaitable<T> task) {
    const auto answer = Begin(std::move(task));
    for (int i = 0; i < 1000 && !*answer; ++i) {
      Poll();
      if (!*answer) Step();
    }
    if (!*answer) throw std::runtime_error("a task waits for what never comes");
    return std::move(**answer);
  }

  void Poll() {
    io.restart();
    io.poll();
  }

  FakeClock clock;
  FakeTimer timer{clock};
  boost::asio::io_context io;
};

/// Each executable of the contract says which storage it holds to it. `sink` may be null.
std::unique_ptr<StorageWorld> MakeStorageWorld(EntrySink* sink);

/// A fresh storage with its lease taken.
class StorageContract : public testing::Test {
 protected:
  StorageContract() : world(MakeStorageWorld(nullptr)), storage(world->storage()) {
    fence = world->Run(storage.AcquireLease(0)).value();
  }

  /// Applies the batch as the next entry's.
  Result<void> Apply(Batch batch) {
    const auto at = storage.view_position();
    batch.through = {.offset = at.offset + 1};
    Append("entry");
    return world->Run(storage.Apply(fence, at, std::move(batch)));
  }

  Position Append(std::string payload) {
    std::vector<NewEntry> entries(1);
    entries[0].envelope.merchant = "demo";
    entries[0].payload = std::move(payload);
    return world->Run(storage.Append(std::move(entries))).value();
  }

  std::unique_ptr<StorageWorld> world;
  Storage& storage;
  Fence fence;
};

inline Instant At(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

/// An order with a bit of everything.
inline RecordRow Order(std::string id, std::uint64_t version = 1, std::uint64_t published_seq = 0) {
  return {.merchant = "demo",
          .id = std::move(id),
          .version = version,
          .published_seq = published_seq,
          .columns = {.store = "sh-1",
                      .platform = "meituan",
                      .connection = "mt-main",
                      .status = "placed",
                      .number = "",
                      .display = "12",
                      .sorted_at = At(1000),
                      .updated_at = At(2000)},
          .state = std::string("state\0with a zero", 17),
          .trail = "trail"};
}

inline ChangeRow Change(std::uint64_t seq, std::string subject, std::string type = "order.placed") {
  return {.merchant = "demo",
          .seq = seq,
          .cause = {.offset = seq},
          .ordinal = 0,
          .type = std::move(type),
          .subject = std::move(subject),
          .version = 1,
          .at = At(2000),
          .data = R"({"seq":)" + std::to_string(seq) + "}"};
}

}  // namespace weir::storage
