// SPDX-License-Identifier: Apache-2.0
#include "sync/pulls.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "sync/menu_fold.hpp"
#include "sync/order_look.hpp"
#include "sync/requests.hpp"
#include "sync/review_fold.hpp"
#include "sync/store_fold.hpp"

namespace weir::sync {
namespace {

constexpr std::size_t kLookedAt = 256;
constexpr std::size_t kShopsPerRead = 100;
constexpr std::size_t kMostPages = 10'000;
/// What is pulled waits while pushes do.
constexpr std::chrono::milliseconds kMostLag{50};
constexpr std::chrono::milliseconds kLagPause{20};

std::unexpected<Error> NoSuchFeed(Feed feed) {
  return Fail(ErrorKind::kRejected,
              "the connection has no " + std::string(Name(feed)) + " to be pulled");
}

}  // namespace

/// One pull.
class Pulls::Run {
 public:
  Run(const PullParts& parts, const std::atomic<bool>& stopped, const OrderReader& reader,
      std::string merchant, PulledWindow& window)
      : parts_(parts),
        stopped_(stopped),
        reader_(reader),
        merchant_(std::move(merchant)),
        window_(window) {}

  boost::asio::awaitable<Result<void>> Do() {
    auto setting = co_await Setting();
    if (!setting) co_return std::unexpected(setting.error());
    setting_ = *std::move(setting);
    switch (window_.feed) {
      case Feed::kReviews:
        if (reader_.reviews) co_return co_await Reviews();
        break;
      case Feed::kMenus:
        if (reader_.menus) co_return co_await Menus();
        break;
      case Feed::kStores:
        if (reader_.stores) co_return co_await Stores();
        break;
      case Feed::kOrders:
        if (reader_.orders) co_return co_await Orders();
        break;
    }
    co_return NoSuchFeed(window_.feed);
  }

 private:
  boost::asio::awaitable<Result<ConnectionSetting>> Setting() {
    ConnectionSetting setting{
        .id = window_.connection, .platform = {}, .stores = {}, .accept_within = {}};
    const auto row =
        co_await parts_.storage.Read(storage::RecordKind::kSetting, merchant_, SettingId(setting));
    if (!row) co_return std::unexpected(row.error());
    if (!*row) co_return setting;
    co_return DecodeConnectionSetting((*row)->state);
  }

  boost::asio::awaitable<Result<void>> Reviews() {
    window_.from = window_.to - reader_.reviews->reach();
    return EveryPage([this](std::string shop, std::string cursor) {
      return reader_.reviews->ListReviews(std::move(shop), {window_.from, window_.to},
                                          std::move(cursor));
    });
  }

  /// What the platform lists, then every order that is not at an end and was not in the list.
  boost::asio::awaitable<Result<void>> Orders() {
    if (reader_.lists) {
      window_.from = window_.to - reader_.lists->reach();
      auto listed = co_await EveryPage([this](std::string shop, std::string cursor) {
        return reader_.lists->ListOrders(std::move(shop), {window_.from, window_.to},
                                         std::move(cursor));
      });
      if (!listed) co_return listed;
    }
    const auto open =
        co_await OpenOrders(parts_.storage, merchant_, reader_.platform, window_.connection);
    if (!open) co_return std::unexpected(open.error());
    for (const std::string& id : *open) {
      if (stopped_) co_return Fail(ErrorKind::kInternal, "the gateway stops");
      if (told_.contains(id)) continue;
      auto order = co_await reader_.orders->GetOrder(id);
      // The platform has forgotten it; that says nothing of the others.
      if (!order && order.error().kind == ErrorKind::kNotFound) continue;
      if (!order) co_return std::unexpected(order.error());
      if (auto kept = co_await Keep(*std::move(order)); !kept) co_return kept;
    }
    co_return Result<void>{};
  }

  using ListPage = std::function<boost::asio::awaitable<Result<connectors::PulledPage>>(
      std::string shop, std::string cursor)>;

  boost::asio::awaitable<Result<void>> EveryPage(ListPage list) {
    // Of shops that are linked to no store nobody reads.
    for (const auto& [shop, store] : setting_.stores) {
      std::string cursor;
      for (std::size_t pages = 0; pages == 0 || !cursor.empty(); ++pages) {
        if (stopped_) co_return Fail(ErrorKind::kInternal, "the gateway stops");
        if (pages == kMostPages) co_return Fail(ErrorKind::kMalformed, "the list does not end");
        auto page = co_await list(shop, cursor);
        if (!page) co_return std::unexpected(page.error());
        cursor = std::move(page->next);
        for (connectors::PulledItem& item : page->items) {
          if (auto kept = co_await Keep(std::move(item)); !kept) co_return kept;
        }
      }
    }
    co_return Result<void>{};
  }

  boost::asio::awaitable<Result<void>> Menus() {
    // Of shops that are linked to no store nobody reads.
    for (const auto& [shop, store] : setting_.stores) {
      auto menu = co_await reader_.menus->ReadMenu(shop);
      if (!menu) co_return std::unexpected(menu.error());
      if (auto kept = co_await Keep(*std::move(menu)); !kept) co_return kept;
    }
    co_return Result<void>{};
  }

  boost::asio::awaitable<Result<void>> Stores() {
    const auto shops = co_await reader_.stores->ListShops();
    if (!shops) co_return std::unexpected(shops.error());
    for (std::size_t at = 0; at < shops->size(); at += kShopsPerRead) {
      const auto first = shops->begin() + static_cast<std::ptrdiff_t>(at);
      const auto count = std::min(kShopsPerRead, shops->size() - at);
      auto read =
          co_await reader_.stores->ReadShops({first, first + static_cast<std::ptrdiff_t>(count)});
      if (!read) co_return std::unexpected(read.error());
      for (connectors::PulledItem& item : *read) {
        if (auto kept = co_await Keep(std::move(item)); !kept) co_return kept;
      }
    }
    co_return Result<void>{};
  }

  /// Journals the item unless all that it says is shown.
  boost::asio::awaitable<Result<void>> Keep(connectors::PulledItem item) {
    ++window_.seen;
    const auto news = co_await NewsOf(item);
    if (!news) co_return std::unexpected(news.error());
    if (*news == OrderNews::kNothing) co_return Result<void>{};
    while (parts_.backpressure.lag() > kMostLag && !stopped_) co_await parts_.timer.Wait(kLagPause);
    if (stopped_) co_return Fail(ErrorKind::kInternal, "the gateway stops");
    const auto stored = co_await parts_.ingest.Pulled({.merchant = merchant_,
                                                       .connection = window_.connection,
                                                       .platform = reader_.platform,
                                                       .topic = {},
                                                       .request = {},
                                                       .received_at = {}},
                                                      std::move(item));
    if (!stored) co_return std::unexpected(stored.error());
    ++window_.stored;
    if (*news == OrderNews::kOrder) {
      ++window_.missed_by_push;
      if (reader_.health) reader_.health->NoteMissed();
    }
    co_return Result<void>{};
  }

  boost::asio::awaitable<Result<OrderNews>> NewsOf(const connectors::PulledItem& item) {
    const auto mapper = parts_.mappers.find(reader_.platform);
    if (mapper == parts_.mappers.end()) co_return OrderNews::kMore;
    mapping::Mapped mapped = mapper->second({.pulled = true,
                                             .dialect = item.dialect,
                                             .topic = item.topic,
                                             .bytes = item.payload,
                                             .received_at = item.asked_at});
    // What cannot be mapped is kept and quarantined, as a push is.
    if (mapped.unmappable) co_return OrderNews::kMore;
    OrderNews most = OrderNews::kNothing;
    for (model::OrderFacts& facts : mapped.orders) {
      told_.insert(facts.platform_order_id);
      const auto news = co_await LookFor(parts_.storage, merchant_, std::move(facts));
      if (!news) co_return news;
      most = std::max(most, *news);
    }
    const auto shown = co_await AreShown(mapped);
    if (!shown) co_return std::unexpected(shown.error());
    co_return *shown ? most : std::max(most, OrderNews::kMore);
  }

  /// Whether what the item says beside orders is shown.
  boost::asio::awaitable<Result<bool>> AreShown(mapping::Mapped& mapped) {
    for (model::ReviewFacts& facts : mapped.reviews) {
      const auto shown = co_await IsShown(parts_.storage, merchant_, std::move(facts));
      if (!shown || !*shown) co_return shown;
    }
    for (const model::MenuFacts& facts : mapped.menus) {
      auto row = co_await parts_.storage.Read(storage::RecordKind::kMenu, merchant_,
                                              MenuId(window_.connection, facts.platform_shop));
      if (!row) co_return std::unexpected(row.error());
      if (!*row) co_return false;
      const auto menu = MenuOf(**std::move(row));
      if (!menu || !menu->Shows(facts.key.digest)) co_return false;
    }
    for (const model::StoreProfile& profile : mapped.profiles) {
      const auto known = co_await IsShopKnown(parts_.storage, merchant_, setting_,
                                              profile.platform_shop, profile.key.digest);
      if (!known || !*known) co_return known;
    }
    co_return true;
  }

  const PullParts& parts_;
  const std::atomic<bool>& stopped_;
  const OrderReader& reader_;
  const std::string merchant_;
  PulledWindow& window_;
  ConnectionSetting setting_;
  std::set<std::string> told_;  ///< The orders that were read, by the platform's ids.
};

boost::asio::awaitable<Result<std::optional<storage::WorkRow>>> Pulls::Next() {
  auto due = co_await parts_.storage.DueWork(kPullWork, parts_.clock.Now(), kLookedAt);
  if (!due) co_return std::unexpected(due.error());
  for (storage::WorkRow& work : *due) {
    const auto request = DecodePull(work.detail);
    if (!request) co_return std::unexpected(request.error());
    const auto paused = co_await IsPaused(parts_.storage, work.merchant, request->connection);
    if (!paused) co_return std::unexpected(paused.error());
    if (!*paused) co_return std::move(work);
  }
  co_return std::nullopt;
}

boost::asio::awaitable<Result<bool>> Pulls::Step() {
  if (stopped_ || parts_.storage.view_position() < last_) co_return false;
  const auto work = co_await Next();
  if (!work) co_return std::unexpected(work.error());
  if (!*work) co_return false;
  const auto request = DecodePull((*work)->detail);
  if (!request) co_return std::unexpected(request.error());
  PulledWindow window{.of = (*work)->subject,
                      .connection = request->connection,
                      .feed = request->feed,
                      .from = parts_.clock.Now(),
                      .to = parts_.clock.Now(),
                      .error = {}};
  const auto reader = parts_.readers((*work)->merchant, request->connection);
  Result<void> done = NoSuchFeed(request->feed);
  if (reader) done = co_await Run(parts_, stopped_, *reader, (*work)->merchant, window).Do();
  if (stopped_) co_return false;
  if (!done) {
    window.error = done.error();
    spdlog::info("event=pull_failed connection={} feed={} kind={} code={}", window.connection,
                 Name(window.feed), Name(done.error().kind), done.error().remote_code);
  }
  const auto stored = co_await parts_.ingest.Window((*work)->merchant, window);
  if (!stored) co_return std::unexpected(stored.error());
  last_ = *stored;
  co_return true;
}

}  // namespace weir::sync
