// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/recipient.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "simulators/chance.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::doudian {
namespace {

/// The first `count` characters of UTF-8 text.
std::string Head(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size() && count > 0) {
    ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    --count;
  }
  return std::string(text.substr(0, end));
}

}  // namespace

std::string Degrees(std::int64_t micro) {
  const std::string fraction = std::to_string(micro % 1'000'000);
  return std::to_string(micro / 1'000'000) + '.' + std::string(6 - fraction.size(), '0') + fraction;
}

void MoveHouse(Random& random, Recipient& recipient) {
  recipient.detail = DrawAddress(random);
  recipient.place = {.latitude = DrawLatitude(random), .longitude = DrawLongitude(random)};
}

Recipient DrawRecipient(Random& random, double virtual_number) {
  Recipient recipient{.name = DrawName(random),
                      .phone = DrawPhone(random),
                      .host = "184" + std::to_string(Between(random, 10'000'000, 99'999'999)),
                      .extension = std::to_string(Between(random, 1000, 9999)),
                      .detail = {},
                      .note = DrawWish(random),
                      .open_id = "#" + std::to_string(Between(random, 10'000'000, 99'999'999)),
                      .place = {}};
  if (!Chance(random, virtual_number)) {
    recipient.host.clear();
    recipient.extension.clear();
  }
  MoveHouse(random, recipient);
  return recipient;
}

std::string PlainOf(const Recipient& recipient, Personal which) {
  switch (which) {
    case Personal::kAddress:
      return recipient.detail;
    case Personal::kName:
      return recipient.name;
    case Personal::kPhone:
      break;
  }
  return recipient.host.empty() ? recipient.phone : recipient.host + '-' + recipient.extension;
}

std::string MaskOf(const Recipient& recipient, Personal which) {
  switch (which) {
    case Personal::kAddress:
      return Head(recipient.detail, 3) + "****";
    case Personal::kName:
      return recipient.name.empty() ? std::string() : Head(recipient.name, 1) + '*';
    case Personal::kPhone:
      break;
  }
  return recipient.phone.substr(0, 3) + "****" + recipient.phone.substr(7);
}

std::string CipherOf(const Recipient& recipient, Personal which, std::string_view order) {
  std::string text(order);
  text += static_cast<char>(which);
  return "##" + ToHex(HmacSha256(text, PlainOf(recipient, which))) + "##";
}

}  // namespace weir::simulators::doudian
