// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/storage.hpp"

/// Pages of journal entries, newest first. A filtered page looks at no more than 20,000 entries:
/// it may be short, even empty, and yet lead on.
namespace weir::gateway {

/// Empty ones do not filter, but for the merchant.
struct EntryFilter {
  std::string merchant;
  std::string connection;
  std::optional<storage::EntryKind> kind;
  bool only_acts = false;  ///< What somebody declared or asked for: settings and API requests.
};

/// An entry without its payload, except of settings where only acts are asked for.
struct EntryHead {
  storage::Position position;
  Instant stamp{};
  storage::Envelope envelope;
  std::uint64_t bytes = 0;
  std::string payload;
};

template <typename Row>
struct Page {
  std::vector<Row> rows;
  std::optional<storage::Position> next;  ///< Go on before this one; nothing at the end.
};

/// Entries before `before` (all when it is unset).
boost::asio::awaitable<Result<Page<EntryHead>>> ReadEntries(storage::Storage& storage,
                                                            EntryFilter filter,
                                                            std::optional<storage::Position> before,
                                                            std::size_t limit);

/// The same of entries in quarantine. `filter.kind` is not looked at.
boost::asio::awaitable<Result<Page<storage::QuarantineRow>>> ReadQuarantine(
    storage::Storage& storage, EntryFilter filter, std::optional<storage::Position> before,
    std::size_t limit);

/// Why an entry is in quarantine; nothing when it is not.
boost::asio::awaitable<Result<std::optional<storage::QuarantineRow>>> FindQuarantined(
    storage::Storage& storage, std::string merchant, storage::Position position);

}  // namespace weir::gateway
