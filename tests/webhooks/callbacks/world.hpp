// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fake_time.hpp"
#include "base/seeded_random.hpp"
#include "storage/memory/memory_callback_log.hpp"
#include "storage/memory/memory_storage.hpp"
#include "sync/settings.hpp"
#include "sync/subscriptions.hpp"
#include "webhooks/callbacks/dispatcher.hpp"

namespace weir::webhooks::testing {

/// The secret of Standard Webhooks' published vector.
inline constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A merchant's endpoint without a network: keeps what comes and answers as it is told.
class Endpoint final : public net::Transport {
 public:
  struct Message {
    net::Request request;
    std::string id;
    std::uint64_t seq = 0;
    std::string type;
    std::string subject;
    Instant at{};
  };
  using Answer = std::function<Result<net::Response>(const Message&)>;

  Endpoint(Clock& clock, Timer& timer) : clock_(clock), timer_(timer) {}
  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds timeout) override;

  /// The seqs that came, in order; of one subject, if named.
  [[nodiscard]] std::vector<std::uint64_t> Seqs(const std::string& subject = "") const;
  [[nodiscard]] std::vector<std::string> Ids() const;

  std::vector<Message> got;
  Answer answer;                          ///< Empty: 204.
  std::chrono::milliseconds thinking{0};  ///< Before each answer.
  std::size_t at_once = 0;
  std::size_t most_at_once = 0;

 private:
  Clock& clock_;
  Timer& timer_;
};

/// What one life of the gateway sees of the log: when it is dead, nothing it writes is kept.
class MortalLog final : public storage::CallbackLog {
 public:
  explicit MortalLog(storage::CallbackLog& log) : log_(log) {}
  boost::asio::awaitable<Result<void>> Write(storage::CallbackBatch batch) override {
    if (is_dead) co_return Fail(ErrorKind::kInternal, "the disk is gone");
    co_return co_await log_.Write(std::move(batch));
  }
  boost::asio::awaitable<Result<std::vector<storage::SubscriptionRow>>> Subscriptions() override {
    return log_.Subscriptions();
  }
  boost::asio::awaitable<Result<std::vector<storage::CallbackRow>>> Pending(
      std::string merchant, std::string subscription) override {
    return log_.Pending(std::move(merchant), std::move(subscription));
  }
  boost::asio::awaitable<Result<storage::CallbackPage>> List(
      storage::CallbackQuery query) override {
    return log_.List(std::move(query));
  }
  boost::asio::awaitable<Result<std::optional<storage::CallbackRow>>> Get(
      std::string merchant, storage::CallbackKey key) override {
    return log_.Get(std::move(merchant), std::move(key));
  }

  bool is_dead = false;

 private:
  storage::CallbackLog& log_;
};

[[nodiscard]] net::Response Status(unsigned status, std::string retry_after = "");

/// Feeds, subscriptions and their endpoint in one thread, on a clock that stands still.
class CallbackTest : public ::testing::Test {
 protected:
  CallbackTest();

  /// A life of the gateway. Whatever the last one did not write is forgotten.
  /// These are declared, all others are not any more.
  void Start(std::vector<sync::SubscriptionSetting> subscriptions, CallbackOptions options = {});
  void Kill();
  /// As the fold leaves a setting of merchant "demo"; the dispatcher looks at it when it is told.
  template <typename Setting>
  void Declare(const Setting& setting) {
    PutSetting(SettingId(setting), EncodeSetting(setting));
  }
  /// Folds what the dispatcher appended.
  void Fold();
  void TakeSettings() { ASSERT_TRUE(Ask(dispatcher_->TakeSettings())); }
  void Publish(const std::string& subject, const std::string& type = "order.placed",
               const std::string& store = "sh-1", const std::string& platform = "meituan");
  /// Lets time pass from one due moment to the next.
  void Run(std::chrono::milliseconds duration) { timer_.RunFor(io_, duration); }
  template <typename T>
  T Ask(boost::asio::awaitable<T> work) {
    std::optional<T> answer;
    boost::asio::co_spawn(io_, std::move(work), [&](const std::exception_ptr& thrown, T value) {
      if (thrown) std::rethrow_exception(thrown);
      answer = std::move(value);
    });
    Run(std::chrono::milliseconds(0));
    return std::move(answer.value());
  }
  /// By its key's text, as written.
  [[nodiscard]] std::optional<storage::CallbackRow> Row(std::uint64_t seq);
  [[nodiscard]] std::uint64_t WrittenCursor();

  /// Made by the API, of merchant "demo".
  static sync::SubscriptionSetting Erp();

  boost::asio::io_context io_;
  FakeClock clock_;
  FakeTimer timer_{clock_};
  SeededRandom random_{1};
  storage::MemoryStorage storage_{clock_, timer_, nullptr};
  storage::MemoryCallbackLog log_;
  Endpoint endpoint_{clock_, timer_};
  FileSecrets secrets_;  ///< What each life is given.
  /// The present life's log; dead before its time, it is a disk that fails.
  MortalLog* life_log_ = nullptr;
  Dispatcher* dispatcher_ = nullptr;

 private:
  void PutSetting(const std::string& id, std::string state);

  storage::Fence fence_;
  std::uint64_t folded_ = 0;  ///< Of the journal's entries.
  /// The last one lives; coroutines of the others may still lie in io_.
  std::vector<std::unique_ptr<MortalLog>> logs_;
  std::vector<std::unique_ptr<Dispatcher>> dispatchers_;
};

}  // namespace weir::webhooks::testing
