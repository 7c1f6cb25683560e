// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "base/random.hpp"
#include "simulators/courier_options.hpp"
#include "simulators/deliveries.hpp"
#include "simulators/ledger.hpp"
#include "simulators/push_desk.hpp"

namespace weir::simulators {

/// A push of a courier as it is sent.
struct CourierMessage {
  std::string url;
  std::string body;
};

/// What happened, for the ledger.
struct CourierNews {
  std::string topic;
  std::string what;
  Instant at{};
};

/// Sends what a courier tells of deliveries. A courier's desk derives from this: it says which
/// messages there are and how each is forged.
class CourierDesk : public Desk<CourierMessage> {
 public:
  /// The delivery has come to its stage, or to the same again.
  virtual void TellStage(Delivery& delivery, Instant at) = 0;
  /// Its rider asks to be let off. Told by few.
  virtual void TellAsk(Delivery& /*delivery*/, Instant /*at*/) {}
  /// Its rider reports a trouble and goes on. Told by few.
  virtual void TellTrouble(Delivery& /*delivery*/, Instant /*at*/) {}

 protected:
  /// All references outlive the desk.
  CourierDesk(const CourierOptions& options, Deliveries& book, Counts& counts, Random& random);

  /// Sends `message`, and keeps its body with the delivery.
  void Send(Delivery& delivery, CourierNews news, CourierMessage message);

  /// Changes `message` so that it must be refused; `which` says how.
  virtual void Forge(CourierMessage& message, std::size_t which) const = 0;

 private:
  [[nodiscard]] OutgoingPush Build(const Attempt& attempt) const override;
};

}  // namespace weir::simulators
