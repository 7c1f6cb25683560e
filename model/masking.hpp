// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace weir::model {

/// Appends a record's JSON as a key without `read_personal` may see it: names as their first
/// character, phones as their first three and last four digits, addresses, coordinates and invoices
/// not at all, seven or more digits together in free text as asterisks, and `extra`, whose members
/// nobody has classified, empty.
///
/// `json` is compact, as our writers make it. What is anything else, or holds another kind of value
/// where text is masked, is shown as null: never more than was meant.
void AppendMasked(std::string& out, std::string_view json);

/// Appends a record's JSON as it stands for those who may see `personal` data, else masked.
void AppendRecord(std::string& out, std::string_view json, bool personal);

}  // namespace weir::model
