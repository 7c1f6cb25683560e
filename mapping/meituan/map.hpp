// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/mapped.hpp"
#include "mapping/meituan/form.hpp"

/// Meituan's waimaiopen pushes and answers -> facts. Content decides over topic; what the model has
/// no field for goes to `extra`; a broken field is an issue and costs only itself.
namespace weir::mapping::meituan {

/// Maps a push (dialects of form.hpp) or an answer to a read (dialect "json": getOrderDetail,
/// viewstatus, logistics/status, comment/query; dialect "pages": a whole
/// menu). An answer that does not name its order or shop
/// finds it in its topic, "order/viewstatus?order_id=1". A pure function; callable from any thread.
///
/// Unmappable reasons: "malformed_payload" (no form, no JSON, no answer), "missing_subject" (a
/// known topic without order or shop) and "unknown_topic".
[[nodiscard]] Mapped Map(const Payload& payload);

/// The same of a push that is decoded already. `content` is form.Content().
[[nodiscard]] Mapped MapFields(const Form& form, std::string_view topic,
                               const ContentDigest& content);

/// The dialect of answers.
inline constexpr std::string_view kJsonDialect = "json";

}  // namespace weir::mapping::meituan
