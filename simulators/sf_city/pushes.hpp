// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "base/json_writer.hpp"
#include "simulators/courier_desk.hpp"
#include "simulators/sf_city/options.hpp"

namespace weir::simulators::sf_city {

/// The callbacks of protocol notes 2.4, signed like calls.
class PushDesk final : public CourierDesk {
 public:
  /// All references outlive the desk.
  PushDesk(const Options& options, Deliveries& book, Counts& counts, Random& random);

  void TellStage(Delivery& delivery, Instant at) override;
  void TellTrouble(Delivery& delivery, Instant at) override;

 private:
  [[nodiscard]] bool IsOk(const PushAnswer& answer) const override;
  /// The body is not the one that was signed.
  void Forge(CourierMessage& message, std::size_t which) const override;
  void TellException(Delivery& delivery, std::string_view content, Instant at);
  /// Writes what every callback begins with, up to the rider's name and phone.
  void WriteHead(JsonWriter& json, const Delivery& delivery, std::string_view kind);
  void SendSigned(Delivery& delivery, CourierNews news, std::string body);

  const Options& options_;
};

}  // namespace weir::simulators::sf_city
