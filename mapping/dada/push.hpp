// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "mapping/json.hpp"
#include "mapping/members.hpp"

namespace weir::mapping::dada {

/// One push: a status callback (protocol §7.1) or a message (§7.5). Stays on the thread that made
/// it.
class Push {
 public:
  enum class Kind : std::uint8_t {
    kProbe,  ///< Nothing is said.
    kStatus,
    kMessage,
  };

  /// Whatever its Content-Type says, the body is JSON. kMalformed when it is no JSON object.
  [[nodiscard]] static Result<Push> Decode(std::string_view body);

  [[nodiscard]] Kind kind() const { return kind_; }
  /// Sorted by name. Of a status callback that has the names in camel case they are those of §7.1.
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  /// The member `name`; empty when it is missing.
  [[nodiscard]] Value At(std::string_view name) const;
  /// Of all that it says, its signature apart.
  [[nodiscard]] ContentDigest Content() const;

 private:
  Push() = default;

  std::optional<JsonDocument> document_;
  std::vector<Member> members_;
  Kind kind_ = Kind::kProbe;
};

}  // namespace weir::mapping::dada
