// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/courier.hpp"
#include "connectors/dada/credentials.hpp"

/// The parameters of calls as JSON (protocol §4): pure. What is optional and unknown is left out,
/// since null is refused; numbers stand as decimal text.
namespace weir::connectors::dada {

/// Of addOrder and queryDeliverFee. A time to be fetched at counts only from five minutes ahead of
/// `now` on: before that it is now.
[[nodiscard]] std::string OrderBody(const Consignment& consignment, const Credentials& credentials,
                                    Instant now);

/// Of status/query, confirm/goods and others that name the order only.
[[nodiscard]] std::string NumberBody(std::string_view number);

/// Of addAfterQuery.
[[nodiscard]] std::string QuotedBody(std::string_view delivery_no);

/// Of transporter/position.
[[nodiscard]] std::string PositionBody(std::string_view number);

/// Of addTip.
[[nodiscard]] std::string TipBody(std::string_view number, Money tip,
                                  const Credentials& credentials);

/// Of formalCancel.
[[nodiscard]] std::string CancelBody(std::string_view number, const ShipmentAct& act);

/// Of message/confirm, in answer to a rider who asked to be let off.
[[nodiscard]] std::string ConfirmBody(const ShipmentRef& shipment, const ShipmentAct& act);

}  // namespace weir::connectors::dada
