// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/fake_time.hpp"
#include "base/ids.hpp"
#include "storage/memory/memory_storage.hpp"
#include "sync/rules.hpp"
#include "sync/settings.hpp"
#include "sync/start.hpp"

namespace weir::sync::testing {

/// The canonical rules over storage in memory, in one thread and without real time.
class FoldScene {
 public:
  explicit FoldScene(std::size_t cached_orders = 64)
      : rules_(storage, kFoldVersion, cached_orders) {
    Must(Run(folder_.Start()));
  }

  template <typename T>
  T Run(boost::asio::awaitable<T> work) {
    std::optional<T> done;
    boost::asio::co_spawn(io_, std::move(work), [&done](std::exception_ptr thrown, T result) {
      if (thrown) std::rethrow_exception(thrown);
      done = std::move(result);
    });
    io_.restart();
    io_.poll();
    return std::move(done).value();
  }

  template <typename T>
  static T Must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
  }

  storage::Position Append(storage::NewEntry entry) {
    std::vector<storage::NewEntry> entries;
    entries.push_back(std::move(entry));
    return Must(Run(storage.Append(std::move(entries))));
  }

  /// A push of merchant "demo" that says `facts` of an order of platform "meituan".
  storage::Position Push(const std::string& connection, model::OrderFacts facts) {
    facts.platform = "meituan";
    auto mapped = std::make_shared<mapping::Mapped>();
    mapped->orders.push_back(std::move(facts));
    return Append({.envelope = {.kind = storage::EntryKind::kPush,
                                .merchant = "demo",
                                .connection = connection,
                                .platform = "meituan",
                                .dialect = {},
                                .topic = "order/paid",
                                .received_at = clock.Now()},
                   .payload = "p",
                   .attachment = std::move(mapped)});
  }

  template <typename Setting>
  storage::Position Declare(const Setting& setting) {
    return Append({.envelope = {.kind = storage::EntryKind::kSetting, .merchant = "demo"},
                   .payload = EncodeSetting(setting)});
  }

  void FoldAll() { Must(Run(CatchUp(storage, folder_))); }

  /// The order as the feed shows it; null when it is not published.
  nlohmann::json Order(const std::string& id) {
    const auto found =
        Must(Run(storage.ReadPublished(storage::RecordKind::kOrder, "demo", "meituan-" + id)));
    return found ? nlohmann::json::parse(found->json) : nlohmann::json();
  }

  FakeClock clock;
  FakeTimer timer{clock};
  FoldQueue queue{clock, 64U << 20};
  storage::MemoryStorage storage{clock, timer, &queue};
  Mappers mappers;

 private:
  boost::asio::io_context io_{1};
  CanonicalRules rules_;
  Folder folder_{storage, queue, rules_, mappers, clock};
};

}  // namespace weir::sync::testing
