// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fake_time.hpp"
#include "base/seeded_random.hpp"
#include "gateway/api.hpp"
#include "storage/memory/memory_callback_log.hpp"
#include "tests/gateway/schema.hpp"
#include "tests/gateway/tampered_storage.hpp"

namespace weir::gateway::testing {

/// Refusals from a list.
class ListedRefusals final : public storage::Refusals {
 public:
  std::vector<storage::Refusal> kept;  ///< Newest last.
  std::vector<storage::RefusalCount> counts;

  boost::asio::awaitable<Result<bool>> Add(storage::Refusal refusal) override;
  boost::asio::awaitable<Result<std::vector<storage::Refusal>>> List(
      std::string merchant, std::string connection, std::optional<std::uint64_t> before,
      std::size_t limit) override;
  boost::asio::awaitable<Result<std::optional<storage::Refusal>>> Get(
      std::string merchant, std::uint64_t number) override;
  std::vector<storage::RefusalCount> Counts() const override { return counts; }
};

/// Callbacks from memory, and what was asked for.
class ListedCallbacks {
 public:
  storage::MemoryCallbackLog log;
  std::map<std::string, DeliveryState> states;  ///< By subscription of merchant "demo".
  std::vector<std::string> asked;               ///< "retry 1.erp", "test erp", "replay erp 1-9".
  std::vector<ReplayRequest> replays;
  std::optional<Error> error;  ///< What every request fails with.

  [[nodiscard]] CallbackParts Parts();
};

/// An answer that may still be on its way.
struct Pending {
  std::optional<net::Response> response;
};

/// The whole API in one thread, over storage in memory and a clock that stands still.
///
/// Keys are named as they may: "full" (read, read_personal, write), "read", "write", "admin", "all"
/// of merchant "demo"; "any" (read) of every merchant.
class ApiTest : public ::testing::Test {
 protected:
  ApiTest();

  // Asking.
  std::shared_ptr<Pending> Start(net::Request request);
  /// Fails the test unless the answer comes at once.
  net::Response Ask(net::Request request);
  net::Response Ask(const std::string& method, const std::string& target,
                    const std::string& key = "full");
  /// The body of a 200, which fits what the document says of the call.
  json Get(const std::string& target, const std::string& key = "full");
  json Post(const std::string& target, const std::string& key = "full");
  /// Fails the test unless the answer is one that the document has of the call.
  json Documented(const std::string& method, const std::string& target,
                  const net::Response& response);
  /// "400 invalid_parameter" of an answer that is a problem as documented, else its status alone.
  std::string Outcome(const net::Response& response);
  std::string Refusal(const std::string& target, const std::string& key = "full") {
    return Outcome(Ask("GET", target, key));
  }
  void Poll();
  ApiParts Parts();
  template <typename T>
  T Run(boost::asio::awaitable<T> work) {
    std::optional<T> result;
    boost::asio::co_spawn(io_, std::move(work), [&](const std::exception_ptr& thrown, T value) {
      if (thrown) std::rethrow_exception(thrown);
      result = std::move(value);
    });
    Poll();
    return std::move(result.value());
  }

  // What there is to see.
  storage::Position Append(storage::Envelope envelope, std::string payload);
  storage::Position AppendPush(std::string payload = "p", std::string merchant = "demo");
  /// As what was done by all that is not folded yet, or by that `through` a position.
  void Apply(storage::Batch batch, std::optional<storage::Position> through = std::nullopt);
  /// Appends a push and folds it into a change of order `meituan-<number>`.
  void Publish(const std::string& number, const std::string& type = "order.placed",
               const std::string& merchant = "demo");
  void Quarantine(storage::Position position, const std::string& connection = "mt-main");

  boost::asio::io_context io_;
  FakeClock clock_;
  FakeTimer timer_{clock_};
  TamperedStorage storage_{clock_, timer_};
  ListedRefusals refusals_;
  ListedCallbacks callbacks_;
  SeededRandom random_{1};
  int settings_used_ = 0;                      ///< How often what is declared was asked to be used.
  std::optional<Error> connection_refused_;    ///< What every new connection is refused with.
  std::map<std::string, Standing> standings_;  ///< By connection.
  KeyRing keys_;
  Readiness readiness_{.ready = true, .status = "ready"};
  Result<std::string> redriven_ = "stored";
  std::vector<std::uint64_t> redriven_refusals_;
  bool redriven_is_stored_ = false;  ///< A redriven refusal becomes an entry.
  net::Router router_;
  Document document_;

 private:
  json Checked(const std::string& method, const std::string& target, const std::string& key);
  const json* OperationOf(const std::string& method, const std::string& target) const;

  storage::Fence fence_;
  std::map<std::string, std::uint64_t> versions_;
};

/// The order of tests/data/model/order.json, compact.
json SampleOrder();

}  // namespace weir::gateway::testing
