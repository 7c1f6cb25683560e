// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "simulators/eleme/book.hpp"
#include "simulators/eleme/options.hpp"
#include "simulators/form.hpp"
#include "simulators/ledger.hpp"
#include "simulators/push_desk.hpp"

namespace weir::simulators::eleme {

/// A message before it is signed.
struct Message {
  std::string request_id;
  int type = 0;
  std::string shop;
  std::string body;
  bool type_as_text = false;
  bool user_as_text = false;
};

/// Turns what happened into signed messages, with the faults that were asked for, keeps each
/// order's events up to date, and holds the messages that did not get through until they are
/// fetched (protocol notes 1.6, 1.7).
class PushDesk final : public simulators::PushDesk<Order, Shop, Message> {
 public:
  /// All references outlive the desk.
  PushDesk(const Options& options, OrderBook& book, Counts& counts, Random& random);

  /// Something happened to `order` at `at`; `what` is for the ledger.
  void Tell(Order& order, int type, std::string what, std::string body, Instant at);
  /// The message of a new order: all of it, as it stands now.
  void TellWhole(Order& order, Instant at);
  void TellState(Order& order, int type, Role role, Instant at);
  void TellWaybill(Order& order, Instant at);
  /// Something happened to a shop.
  void TellShop(std::string_view shop, int type, std::string body, Instant at);

  /// The messages that were given up, oldest first, as they would be pushed at `now`.
  [[nodiscard]] std::vector<std::string> Unreached(Instant now) const;
  /// The app has these, by requestId, or all of them. They are no longer kept.
  void Fetched(const std::vector<std::string>& request_ids);
  void FetchedAll();

 private:
  [[nodiscard]] OutgoingPush Build(const Attempt& attempt) const override;
  [[nodiscard]] bool IsOk(const PushAnswer& answer) const override;
  void OnGivenUp(const Parcel& parcel) override;
  [[nodiscard]] Message Dress(int type, std::string_view shop, std::string body);
  [[nodiscard]] std::string Write(const Message& message, Instant stamp,
                                  std::optional<std::size_t> tampered) const;

  const Options& options_;
  std::uint64_t last_request_ = 200'000'000'000'000'000;
  std::deque<Parcel> unreached_;
};

}  // namespace weir::simulators::eleme
