// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"

/// Who gets an order, and how little of it the platform shows (protocol notes B4).
namespace weir::simulators::doudian {

/// A place in micro-degrees, GCJ-02.
struct Place {
  std::int64_t latitude = 0;
  std::int64_t longitude = 0;
};

/// "31.230400".
[[nodiscard]] std::string Degrees(std::int64_t micro);

struct Recipient {
  std::string name;
  std::string phone;
  std::string host;       ///< The virtual number ...
  std::string extension;  ///< ... and its extension; both empty for a real number.
  std::string detail;     ///< The address within its street.
  std::string note;
  std::string open_id;
  Place place;
};

[[nodiscard]] Recipient DrawRecipient(Random& random, double virtual_number);
/// Another address of the same person.
void MoveHouse(Random& random, Recipient& recipient);

/// data_type of a ciphertext.
enum class Personal { kAddress = 1, kName = 2, kPhone = 3 };
inline constexpr Personal kPersonal[] = {Personal::kAddress, Personal::kName, Personal::kPhone};

/// What a ciphertext stands for; a virtual number as "host-extension".
[[nodiscard]] std::string PlainOf(const Recipient& recipient, Personal which);
/// "张*", "138****0000", "示例路****".
[[nodiscard]] std::string MaskOf(const Recipient& recipient, Personal which);
/// A ciphertext of the order's recipient: different for each order, always the same for one.
[[nodiscard]] std::string CipherOf(const Recipient& recipient, Personal which,
                                   std::string_view order);

}  // namespace weir::simulators::doudian
