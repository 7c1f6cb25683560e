// SPDX-License-Identifier: Apache-2.0
#include "sync/quotes.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "net/timeout.hpp"
#include "sync/connection_settings.hpp"

namespace weir::sync {

using boost::asio::awaitable;

awaitable<Result<model::Consignment>> ForCourier(storage::Storage& storage, std::string merchant,
                                                 std::string connection, std::string store,
                                                 model::Consignment consignment) {
  const auto row =
      co_await storage.Read(storage::RecordKind::kSetting, merchant, "connection/" + connection);
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return Fail(ErrorKind::kNotFound, "no such connection");
  const auto setting = DecodeConnectionSetting((*row)->state);
  if (!setting) co_return std::unexpected(setting.error());
  const auto shop =
      std::ranges::find(setting->stores, store, [](const auto& link) { return link.second; });
  if (shop != setting->stores.end()) consignment.platform_shop = shop->first;
  co_return consignment;
}

awaitable<Result<model::CourierQuote>> Quotes::AskOne(std::string merchant, std::string store,
                                                      model::Consignment consignment,
                                                      std::string connection) const {
  const auto reader = readers_(merchant, connection);
  if (!reader || !reader->courier) {
    co_return Fail(ErrorKind::kNotFound, "the connection is no courier's, or cannot be reached");
  }
  const auto paused = co_await IsPaused(storage_, merchant, connection);
  if (!paused) co_return std::unexpected(paused.error());
  if (*paused) co_return Fail(ErrorKind::kConflict, "the connection is paused");
  auto what = co_await ForCourier(storage_, std::move(merchant), std::move(connection),
                                  std::move(store), std::move(consignment));
  if (!what) co_return std::unexpected(what.error());
  co_return co_await reader->courier->Quote(*std::move(what));
}

awaitable<CourierOffer> Quotes::Offer(std::string merchant, std::string store,
                                      model::Consignment consignment, std::string connection,
                                      std::chrono::milliseconds patience) const {
  const auto reader = readers_(merchant, connection);
  CourierOffer offer{.connection = connection,
                     .platform = reader ? reader->platform : std::string(),
                     .quote = Fail(ErrorKind::kTransport, "no answer came in time")};
  bool answered = false;
  // What ends by itself is told from what was cut off.
  const auto ask = [](const Quotes* all, std::string of, std::string from, model::Consignment what,
                      std::string whom, bool* ended) -> awaitable<Result<model::CourierQuote>> {
    auto quote =
        co_await all->AskOne(std::move(of), std::move(from), std::move(what), std::move(whom));
    *ended = true;
    co_return quote;
  };
  offer.quote =
      co_await net::WithTimeout(timer_, patience,
                                ask(this, std::move(merchant), std::move(store),
                                    std::move(consignment), std::move(connection), &answered));
  offer.late = !offer.quote && !answered;
  co_return offer;
}

awaitable<std::vector<CourierOffer>> Quotes::Ask(std::string merchant, std::string store,
                                                 model::Consignment consignment,
                                                 std::vector<std::string> connections,
                                                 std::chrono::milliseconds patience) const {
  namespace asio = boost::asio;
  std::vector<CourierOffer> offers;
  if (connections.empty()) co_return offers;
  const auto executor = co_await asio::this_coro::executor;
  using Asked =
      decltype(asio::co_spawn(executor, std::declval<awaitable<CourierOffer>>(), asio::deferred));
  std::vector<Asked> all;
  for (const std::string& connection : connections) {
    all.push_back(asio::co_spawn(
        executor, Offer(merchant, store, consignment, connection, patience), asio::deferred));
  }
  auto [order, thrown, answers] =
      co_await asio::experimental::make_parallel_group(std::move(all))
          .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& one : thrown) {
    if (one) std::rethrow_exception(one);
  }
  for (CourierOffer& offer : answers) offers.push_back(std::move(offer));
  co_return offers;
}

}  // namespace weir::sync
