// SPDX-License-Identifier: Apache-2.0
#include "model/shipment_intent.hpp"

#include <cstdint>

#include "model/shipment_codec.hpp"

namespace weir::model {
namespace {

constexpr std::uint8_t kVersion = 1;

template <typename T>
void EncodeOne(std::string& out, const T& value) {
  BinaryWriter(out).U8(kVersion);
  Encoder encode(out);
  encode(value);
}

template <typename T>
Result<T> DecodeOne(std::string_view bytes) {
  T value;
  if (!bytes.empty() && static_cast<std::uint8_t>(bytes.front()) == kVersion) {
    Decoder decode(bytes.substr(1));
    decode(value);
    if (decode.done()) return value;
  }
  return weir::Fail(ErrorKind::kMalformed,
                    "What was decided of a shipment is damaged or of an unknown version.");
}

}  // namespace

void Encode(std::string& out, const ShipmentIntent& intent) { EncodeOne(out, intent); }

void Encode(std::string& out, const ShipmentChoice& choice) { EncodeOne(out, choice); }

void Encode(std::string& out, const ShipmentFailure& failure) { EncodeOne(out, failure); }

Result<ShipmentIntent> DecodeShipmentIntent(std::string_view bytes) {
  return DecodeOne<ShipmentIntent>(bytes);
}

Result<ShipmentChoice> DecodeShipmentChoice(std::string_view bytes) {
  return DecodeOne<ShipmentChoice>(bytes);
}

Result<ShipmentFailure> DecodeShipmentFailure(std::string_view bytes) {
  return DecodeOne<ShipmentFailure>(bytes);
}

}  // namespace weir::model
