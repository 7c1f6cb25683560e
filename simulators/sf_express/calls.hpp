// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "simulators/sf_express/book.hpp"
#include "simulators/sf_express/life.hpp"
#include "simulators/sf_express/options.hpp"

/// The services behind the gate (protocol notes 1.6 to 1.11).
namespace weir::simulators::sf_express {

struct Call {
  const nlohmann::json& message;
  std::string origin;  ///< As the caller wrote it.
  Instant now{};
  const Options& options;
  Book& book;
  Life& life;
};

/// What a service says: a code other than S0000 is a no.
struct Reply {
  std::string code = "S0000";
  nlohmann::json message = nullptr;
  /// Of the print service, which has no codes: beside `success`.
  nlohmann::json obj = nullptr;
};

struct Service {
  std::string_view code;
  Reply (*run)(const Call&);
};

/// Null for what no service is called.
[[nodiscard]] const Service* FindService(std::string_view code);

inline constexpr std::string_view kCreate = "EXP_RECE_CREATE_ORDER";
/// Where labels lie: "/print/<waybill>.pdf", for who brings kLabelToken.
inline constexpr std::string_view kLabelPath = "/print/";
inline constexpr std::string_view kLabelToken = "label-token";

/// A PDF of one page that shows the waybill's number.
[[nodiscard]] std::string LabelOf(std::string_view waybill);

}  // namespace weir::simulators::sf_express
