// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "model/consignment.hpp"

/// What a company that carries things is asked for.
namespace weir::connectors {

struct PulledItem;

using model::Consignment;
using model::CourierQuote;
using model::ShipmentGood;
using model::ShipmentParty;

/// How a courier is told which shipment is meant.
struct ShipmentRef {
  std::string number;         ///< Ours.
  std::string platform_shop;  ///< As in its consignment.
  std::string platform_no;    ///< The courier's; empty until it has told it.
  std::string phone;          ///< Of the receiver: some couriers tell the way only to who knows it.
};

/// What can be asked of a shipment under way.
struct ShipmentAct {
  enum class Kind : std::uint8_t {
    kCancel,         ///< `reason` one of the reasons below, `text` for people.
    kTip,            ///< `amount` is the whole tip from now on, not what is added.
    kLetRiderOff,    ///< The rider asked to be let off, and may go.
    kHoldRider,      ///< ... and may not, because of `text`.
    kConfirmReturn,  ///< The goods are back in the shop.
    kUrge,
    kProductReady,  ///< It can be fetched now.
    kIntercept,     ///< Bring it back although it is on its way.
  };

  Kind kind = Kind::kCancel;
  std::string reason{};  ///< "no_rider", "customer", "wrong_order", "not_needed", "rider", "other".
  std::string text{};
  Money amount{};
  std::string serial{};  ///< The same for each try of one act, another for each act.
};

/// A courier. Nothing is repeated here: a call that may have left without an answer is kTransport
/// or kMalformed. Answers are items: the map reads from them what they say of the shipment, found
/// by its number, which the connector writes in where the courier does not.
class Courier {
 public:
  virtual ~Courier() = default;

  /// What it would cost. kRejected where it cannot be carried.
  virtual boost::asio::awaitable<Result<CourierQuote>> Quote(Consignment consignment) = 0;

  /// Orders it. Done already under this number: the answer to a read of it. `quote` is one of
  /// Quote() for the same number, where there was one; one that has expired is not used.
  virtual boost::asio::awaitable<Result<PulledItem>> Create(Consignment consignment,
                                                            std::optional<CourierQuote> quote) = 0;

  /// Its state and, where the courier keeps one, its way. kNotFound when the courier does not know
  /// the number: then it never came into being.
  virtual boost::asio::awaitable<Result<std::vector<PulledItem>>> Read(ShipmentRef shipment) = 0;

  /// Where its rider is. kRejected where the courier does not tell.
  virtual boost::asio::awaitable<Result<PulledItem>> Locate(ShipmentRef shipment) = 0;

  /// Does `act`; done already is done. kRejected with remote_code "unsupported" where the courier
  /// knows no such act.
  virtual boost::asio::awaitable<Result<PulledItem>> Act(ShipmentRef shipment, ShipmentAct act) = 0;

  /// The label to print, a PDF. kRejected with remote_code "unsupported" where there is none.
  virtual boost::asio::awaitable<Result<std::string>> Label(ShipmentRef shipment) = 0;
};

}  // namespace weir::connectors
