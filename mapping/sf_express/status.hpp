// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mapping/codes.hpp"
#include "model/shipment_facts.hpp"
#include "model/words.hpp"

/// What SF Express's codes mean in our words.
namespace weir::mapping::sf_express {

using model::ShipmentStatus;

/// An operation on the way. Without a status it only adds to what is known.
struct OpCode {
  std::int64_t code;
  std::optional<ShipmentStatus> status;
};

/// Protocol §1.13, all codes of its list; where it says nothing of a code, its name decides.
/// Customs and forwarding are in_transit: the code says the rest. 8000 (the signature can be seen)
/// follows what it is about and moves nothing.
inline constexpr std::array kOpCodes{
    OpCode{10, ShipmentStatus::kInTransit},
    OpCode{11, ShipmentStatus::kInTransit},
    OpCode{14, ShipmentStatus::kInTransit},
    OpCode{15, ShipmentStatus::kInTransit},
    OpCode{16, ShipmentStatus::kInTransit},
    OpCode{17, ShipmentStatus::kInTransit},
    OpCode{18, ShipmentStatus::kInTransit},
    OpCode{30, ShipmentStatus::kInTransit},
    OpCode{31, ShipmentStatus::kInTransit},
    OpCode{33, ShipmentStatus::kException},
    OpCode{34, ShipmentStatus::kOutForDelivery},
    OpCode{36, ShipmentStatus::kInTransit},
    OpCode{41, ShipmentStatus::kInTransit},
    OpCode{43, ShipmentStatus::kPickedUp},
    OpCode{44, ShipmentStatus::kOutForDelivery},
    OpCode{46, ShipmentStatus::kInTransit},
    OpCode{47, ShipmentStatus::kInTransit},
    OpCode{50, ShipmentStatus::kPickedUp},
    OpCode{51, ShipmentStatus::kPickedUp},
    OpCode{54, ShipmentStatus::kPickedUp},
    OpCode{64, ShipmentStatus::kInTransit},
    OpCode{65, ShipmentStatus::kInTransit},
    OpCode{66, ShipmentStatus::kException},
    OpCode{70, ShipmentStatus::kException},
    OpCode{72, ShipmentStatus::kException},
    OpCode{75, ShipmentStatus::kInTransit},
    OpCode{77, ShipmentStatus::kException},
    OpCode{80, ShipmentStatus::kDelivered},
    OpCode{84, std::nullopt},
    OpCode{86, ShipmentStatus::kInTransit},
    OpCode{87, ShipmentStatus::kInTransit},
    OpCode{88, ShipmentStatus::kInTransit},
    OpCode{89, ShipmentStatus::kInTransit},
    OpCode{96, ShipmentStatus::kInTransit},
    OpCode{97, ShipmentStatus::kDelivered},
    OpCode{98, std::nullopt},
    OpCode{99, ShipmentStatus::kInTransit},
    OpCode{105, ShipmentStatus::kInTransit},
    OpCode{106, ShipmentStatus::kInTransit},
    OpCode{122, ShipmentStatus::kOutForDelivery},
    OpCode{123, ShipmentStatus::kOutForDelivery},
    OpCode{125, ShipmentStatus::kAwaitingPickup},
    OpCode{126, ShipmentStatus::kInTransit},
    OpCode{127, ShipmentStatus::kCreated},
    OpCode{128, ShipmentStatus::kDelivered},
    OpCode{129, ShipmentStatus::kPickedUp},
    OpCode{130, ShipmentStatus::kAwaitingPickup},
    OpCode{131, ShipmentStatus::kException},
    OpCode{135, std::nullopt},
    OpCode{136, ShipmentStatus::kInTransit},
    OpCode{137, ShipmentStatus::kInTransit},
    OpCode{138, ShipmentStatus::kCreated},
    OpCode{140, std::nullopt},
    OpCode{141, ShipmentStatus::kCreated},
    OpCode{147, ShipmentStatus::kInTransit},
    OpCode{151, ShipmentStatus::kInTransit},
    OpCode{152, ShipmentStatus::kInTransit},
    OpCode{153, ShipmentStatus::kOutForDelivery},
    OpCode{154, ShipmentStatus::kOutForDelivery},
    OpCode{186, ShipmentStatus::kInTransit},
    OpCode{187, ShipmentStatus::kInTransit},
    OpCode{188, ShipmentStatus::kPickedUp},
    OpCode{189, ShipmentStatus::kInTransit},
    OpCode{190, ShipmentStatus::kInTransit},
    OpCode{201, ShipmentStatus::kCreated},
    OpCode{202, ShipmentStatus::kPickedUp},
    OpCode{204, ShipmentStatus::kOutForDelivery},
    OpCode{205, ShipmentStatus::kCreated},
    OpCode{206, ShipmentStatus::kCreated},
    OpCode{208, ShipmentStatus::kInTransit},
    OpCode{211, ShipmentStatus::kOutForDelivery},
    OpCode{212, ShipmentStatus::kOutForDelivery},
    OpCode{214, ShipmentStatus::kPickedUp},
    OpCode{215, ShipmentStatus::kReturned},
    OpCode{302, ShipmentStatus::kInTransit},
    OpCode{304, ShipmentStatus::kInTransit},
    OpCode{405, ShipmentStatus::kInTransit},
    OpCode{406, ShipmentStatus::kInTransit},
    OpCode{407, ShipmentStatus::kInTransit},
    OpCode{570, ShipmentStatus::kInTransit},
    OpCode{571, ShipmentStatus::kInTransit},
    OpCode{604, ShipmentStatus::kInTransit},
    OpCode{605, ShipmentStatus::kInTransit},
    OpCode{606, ShipmentStatus::kInTransit},
    OpCode{607, ShipmentStatus::kPickedUp},
    OpCode{611, ShipmentStatus::kInTransit},
    OpCode{612, ShipmentStatus::kInTransit},
    OpCode{613, ShipmentStatus::kInTransit},
    OpCode{614, ShipmentStatus::kInTransit},
    OpCode{619, ShipmentStatus::kInTransit},
    OpCode{620, ShipmentStatus::kInTransit},
    OpCode{621, ShipmentStatus::kInTransit},
    OpCode{623, ShipmentStatus::kInTransit},
    OpCode{626, ShipmentStatus::kInTransit},
    OpCode{627, ShipmentStatus::kInTransit},
    OpCode{630, ShipmentStatus::kOutForDelivery},
    OpCode{631, ShipmentStatus::kReturning},
    OpCode{632, ShipmentStatus::kInTransit},
    OpCode{633, ShipmentStatus::kInTransit},
    OpCode{634, ShipmentStatus::kInTransit},
    OpCode{642, ShipmentStatus::kAwaitingPickup},
    OpCode{643, ShipmentStatus::kInTransit},
    OpCode{646, ShipmentStatus::kCreated},
    OpCode{647, ShipmentStatus::kCreated},
    OpCode{648, ShipmentStatus::kReturned},
    OpCode{649, ShipmentStatus::kInTransit},
    OpCode{651, ShipmentStatus::kPickedUp},
    OpCode{655, ShipmentStatus::kPickedUp},
    OpCode{656, ShipmentStatus::kInTransit},
    OpCode{657, ShipmentStatus::kInTransit},
    OpCode{658, ShipmentStatus::kAwaitingPickup},
    OpCode{660, ShipmentStatus::kReturned},
    OpCode{664, ShipmentStatus::kInTransit},
    OpCode{676, ShipmentStatus::kInTransit},
    OpCode{677, ShipmentStatus::kOutForDelivery},
    OpCode{678, ShipmentStatus::kAwaitingPickup},
    OpCode{679, ShipmentStatus::kDelivered},
    OpCode{700, ShipmentStatus::kPickedUp},
    OpCode{701, ShipmentStatus::kPickedUp},
    OpCode{830, ShipmentStatus::kInTransit},
    OpCode{831, ShipmentStatus::kInTransit},
    OpCode{833, ShipmentStatus::kException},
    OpCode{843, ShipmentStatus::kInTransit},
    OpCode{844, ShipmentStatus::kOutForDelivery},
    OpCode{847, ShipmentStatus::kInTransit},
    OpCode{850, ShipmentStatus::kPickedUp},
    OpCode{851, ShipmentStatus::kPickedUp},
    OpCode{870, ShipmentStatus::kException},
    OpCode{880, ShipmentStatus::kOutForDelivery},
    OpCode{900, std::nullopt},
    OpCode{921, ShipmentStatus::kInTransit},
    OpCode{930, ShipmentStatus::kInTransit},
    OpCode{931, ShipmentStatus::kInTransit},
    OpCode{932, ShipmentStatus::kInTransit},
    OpCode{933, ShipmentStatus::kOutForDelivery},
    OpCode{934, ShipmentStatus::kException},
    OpCode{935, ShipmentStatus::kDelivered},
    OpCode{950, ShipmentStatus::kPickedUp},
    OpCode{3036, ShipmentStatus::kInTransit},
    OpCode{8000, std::nullopt},
};

/// The reason decides what an operation means (protocol §1.13, as observed).
struct ReasonCode {
  std::int64_t op;
  std::string_view reason;
  ShipmentStatus status;
};
inline constexpr std::array kReasonCodes{
    ReasonCode{33, "83", ShipmentStatus::kAwaitingPickup},
    ReasonCode{33, "85", ShipmentStatus::kAwaitingPickup},
    ReasonCode{70, "46", ShipmentStatus::kCancelled},
    ReasonCode{70, "83", ShipmentStatus::kAwaitingPickup},
    ReasonCode{70, "85", ShipmentStatus::kAwaitingPickup},
    ReasonCode{99, "2", ShipmentStatus::kReturning},
    ReasonCode{8000, "2", ShipmentStatus::kFailed},  // destroyed
    ReasonCode{8000, "6", ShipmentStatus::kFailed},  // lost
};

/// The goods go on under another number, which the text names.
inline constexpr std::array<std::int64_t, 3> kRenumbered{99, 631, 648};

/// How the pick-up stands (protocol §1.12, recalled): those whose meaning is plain.
struct StateCode {
  std::string_view word;
  ShipmentStatus status;
};
inline constexpr std::array kStateCodes{
    StateCode{"04-40001", ShipmentStatus::kAssigned},
    StateCode{"04-40022", ShipmentStatus::kCancelled},
    StateCode{"05-40003", ShipmentStatus::kPickedUp},
};

/// `waybillType` (protocol §1.6).
struct WaybillType {
  std::int64_t code;
  model::WaybillKind kind;
};
inline constexpr std::array kWaybillTypes{
    WaybillType{1, model::WaybillKind::kMother},
    WaybillType{2, model::WaybillKind::kChild},
    WaybillType{3, model::WaybillKind::kSignBack},
};

}  // namespace weir::mapping::sf_express
