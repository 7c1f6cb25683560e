// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

/// The SQL of lists: one statement for each index a list may walk, all with the same parameters.
///
///   ?1 family  ?2 store  ?3 status  ?4 platform  ?5 number or id  ?6 display from  ?7 updated
///   after ?8 sorted from  ?9 sorted up to (inclusive)  ?10 behind: time  ?11 behind: id  ?12 limit
///   ?13 display up to (inclusive)
///
/// Filters that are not set are 0 or empty; the range and `behind` are always set. Rows are id,
/// published_seq, sorted_at, newest first.
namespace weir::storage {

/// The first two find the display number, which people call out, in their index alone.
[[nodiscard]] std::string ListBySorted();
[[nodiscard]] std::string ListByStore();
/// Of one platform and status, both set: a list of either asks group by group.
[[nodiscard]] std::string ListByStatus();
[[nodiscard]] std::string ListByNumber();
[[nodiscard]] std::string ListById();
/// By the id, where the record's number is in it (kNumberInId).
[[nodiscard]] std::string ListByIdOfNumber();

/// The first platform and status of ?1 family behind ?2 platform and ?3 status.
[[nodiscard]] std::string NextGroup();

/// A count stops here: beyond, an index is as good as any other that stopped.
inline constexpr std::int64_t kCountedAtMost = 2000;

/// How many index rows a list would walk.
[[nodiscard]] std::string CountByStore();
[[nodiscard]] std::string CountByStatus();

}  // namespace weir::storage
