// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/recipient.hpp"

#include <array>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "simulators/chance.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"张三", "李女士", "王小明", "欧阳娜娜", "赵先生"};
constexpr std::array<std::string_view, 4> kAddresses = {
    "示例路1号 2号楼301", "样板大厦A座/1203室", "测试花园\"东区\"5-2-101", "示范科技园 3号楼+前台"};
constexpr std::array<std::string_view, 4> kNotes = {"", "", "放门口, 不要敲门", "到了请打电话\n谢谢"};

std::string DrawPhone(Random& random) {
  return "13" + std::to_string(Between(random, 100'000'000, 999'999'999));
}

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
  recipient.detail = Pick(random, kAddresses);
  recipient.place = {.latitude = Between(random, 31'100'000, 31'400'000),
                     .longitude = Between(random, 121'300'000, 121'700'000)};
}

Recipient DrawRecipient(Random& random, double virtual_number) {
  Recipient recipient{.name = std::string(Pick(random, kNames)),
                      .phone = DrawPhone(random),
                      .host = "184" + std::to_string(Between(random, 10'000'000, 99'999'999)),
                      .extension = std::to_string(Between(random, 1000, 9999)),
                      .detail = {},
                      .note = std::string(Pick(random, kNotes)),
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
      return Head(recipient.name, 1) + '*';
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
