// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weir::connectors::meituan {
namespace {

/// Codes that mean anything else than "refused for good"; sorted.
constexpr std::array kErrors{
    RemoteError{700, ErrorKind::kTransport, "system error"},
    RemoteError{701, ErrorKind::kRejected, "a parameter is missing"},
    RemoteError{702, ErrorKind::kUnauthorized, "unknown app_id"},
    RemoteError{703, ErrorKind::kUnauthorized, "bad signature"},
    RemoteError{704, ErrorKind::kUnauthorized, "no right on this data"},
    RemoteError{705, ErrorKind::kRejected, "bad format"},
    RemoteError{708, ErrorKind::kUnauthorized, "no right on this interface"},
    RemoteError{711, ErrorKind::kRateLimited, "called too often"},
    RemoteError{801, ErrorKind::kConflict, "the shop exists already"},
    RemoteError{803, ErrorKind::kNotFound, "no such shop"},
    RemoteError{804, ErrorKind::kConflict, "the food exists already"},
    RemoteError{805, ErrorKind::kNotFound, "no such food"},
    RemoteError{806, ErrorKind::kNotFound, "no such order"},
    RemoteError{807, ErrorKind::kConflict, "a shop of this name exists in the city"},
    RemoteError{808, ErrorKind::kConflict, "the state has moved on"},
    RemoteError{1001, ErrorKind::kRejected, "the order could not be confirmed"},
    RemoteError{1002, ErrorKind::kRejected, "the order could not be cancelled"},
    RemoteError{1003, ErrorKind::kTransport, "timed out on Meituan's side"},
    RemoteError{1004, ErrorKind::kTransport, "timed out on Meituan's side"},
    RemoteError{1013, ErrorKind::kNotFound, "no delivery state"},
    RemoteError{1014, ErrorKind::kConflict, "the delivery cannot be cancelled any more"},
    RemoteError{1015, ErrorKind::kNotFound, "no such SKU"},
    RemoteError{1021, ErrorKind::kNotFound, "no such food category"},
    RemoteError{1022, ErrorKind::kConflict, "the order is completed"},
    RemoteError{1037, ErrorKind::kConflict, "the category exists already"},
    RemoteError{4001, ErrorKind::kUnauthorized, "the shop's token has expired"},
};
static_assert(std::ranges::is_sorted(kErrors, {}, &RemoteError::code));

}  // namespace

RemoteError Lookup(std::int64_t code) noexcept {
  const auto* const row = std::ranges::lower_bound(kErrors, code, {}, &RemoteError::code);
  return row != kErrors.end() && row->code == code
             ? *row
             : RemoteError{code, ErrorKind::kRejected, "refused"};
}

Error ToError(std::int64_t code) {
  const RemoteError row = Lookup(code);
  return {.kind = row.kind,
          .message = fmt::format("Meituan answers {}: {}.", code, row.meaning),
          .remote_code = fmt::format("{}", code),
          .retry_after = std::nullopt};
}

}  // namespace weir::connectors::meituan
