// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/secret.hpp"
#include "mapping/meituan/form.hpp"

/// Meituan's signature (protocol §1.2): MD5 of `<url>?<name=value joined by &>` and the secret. The
/// values are raw, empty ones are kept, names are in byte order, `sig` itself is left out.
namespace weir::connectors::meituan {

/// `fields` are sorted by name, values decoded. `url` is scheme, host and path as called.
[[nodiscard]] Md5Digest Sign(std::string_view url,
                             std::span<const mapping::meituan::FormField> fields,
                             const Secret& secret);

/// The signed text without the secret. Personal data is in it.
[[nodiscard]] std::string SignedText(std::string_view url,
                                     std::span<const mapping::meituan::FormField> fields);

}  // namespace weir::connectors::meituan
