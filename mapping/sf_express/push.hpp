// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "mapping/json.hpp"
#include "mapping/members.hpp"
#include "mapping/sf_express/xml.hpp"

/// SF Express's pushes as they come (protocol §1.12): JSON, a form whose one field holds XML, or
/// that XML alone.
namespace weir::mapping::sf_express {

inline constexpr std::string_view kJsonDialect = "json";
inline constexpr std::string_view kFormDialect = "form";
inline constexpr std::string_view kXmlDialect = "xml";

/// What a push tells of. Each has a URL of its own.
enum class PushKind : std::uint8_t {
  kRoutes,  ///< Nodes of waybills' ways.
  kStates,  ///< How the pick-up of orders stands.
  kFees,    ///< What a waybill costs.
};

/// "routes", "orders", "fees": the topics.
[[nodiscard]] std::string_view Name(PushKind kind) noexcept;
[[nodiscard]] std::optional<PushKind> ParsePushKind(std::string_view topic) noexcept;

/// A decoded push: its records, however they were written. It stays on the thread that made it.
class Push {
 public:
  /// kMalformed for what breaks the dialect, or holds no record. Nothing at all decodes as a push
  /// without records.
  [[nodiscard]] static Result<Push> Decode(PushKind kind, std::string_view dialect,
                                           std::string_view bytes);

  [[nodiscard]] PushKind kind() const { return kind_; }
  /// Each sorted by name. They point into the push.
  [[nodiscard]] const std::vector<std::vector<Member>>& records() const { return records_; }
  /// Digest of the records; the same whichever way they were written.
  [[nodiscard]] ContentDigest Content() const;

 private:
  explicit Push(PushKind kind) : kind_(kind) {}
  [[nodiscard]] Result<void> ReadJson(std::string_view bytes);
  [[nodiscard]] Result<void> ReadXml(std::string_view bytes);
  void Add(std::vector<Member> record);

  PushKind kind_;
  std::optional<JsonDocument> document_;
  std::unique_ptr<const XmlElement> xml_;
  std::vector<std::vector<Member>> records_;
};

}  // namespace weir::mapping::sf_express
