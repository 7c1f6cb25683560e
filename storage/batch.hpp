// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "storage/entry.hpp"

/// The plain data the fold hands to storage: what one batch of entries did to the view and feed.
namespace weir::storage {

/// Numbers are on disk: never reuse one.
enum class RecordKind : std::uint8_t {
  kOrder = 1,
  kStore = 2,
  kSetting = 3,  ///< What a `setting` entry declared; id "connection/mt-main".
  kReview = 4,
  kMenu = 5,      ///< One connection's of one shop; id "mt-main/shop_001".
  kToken = 6,     ///< A connection's access token; id "ele-main".
  kWindow = 7,    ///< What became of the last pull of a feed; id "mt-main/reviews". Not published.
  kCommand = 8,   ///< What somebody wants a platform to do; id "cmd-<base32>".
  kShipment = 9,  ///< What a courier carries for us; id "shp-<base32>".
};

/// The kinds whose records the feed shows.
inline constexpr std::array kPublishedKinds = {RecordKind::kOrder, RecordKind::kStore,
                                               RecordKind::kReview, RecordKind::kMenu,
                                               RecordKind::kShipment};

/// What lists filter and sort by. Unused ones stay empty.
struct RecordColumns {
  std::string store;
  std::string platform;
  std::string connection;
  std::string status;
  std::string number;    ///< The platform's own number (orders: platform_order_id; shipments: the
                         ///< order's id).
  std::string display;   ///< What people go by (orders: display_no; reviews: the rating, "40";
                         ///< shipments: the courier's number).
  Instant sorted_at{};   ///< Orders: placed_at; reviews: posted_at. Lists run newest first over
                         ///< (sorted_at, id).
  Instant updated_at{};  ///< Of a published record: the `at` of the change that shows it.
};

/// One record as the view keeps it.
struct RecordRow {
  RecordKind kind = RecordKind::kOrder;
  std::string merchant;
  std::string id;
  std::uint64_t version = 0;
  /// Seq of the change whose data is this record as published; 0 = partial: in no list, not in the
  /// feed. Settings are never published.
  std::uint64_t published_seq = 0;
  RecordColumns columns;
  std::string state;  ///< The merge state, opaque to storage.
  std::string trail;  ///< Which entries touched it, opaque to storage.
};

/// One published change. Its id is "chg-<base32 of cause.offset>-<ordinal>".
struct ChangeRow {
  std::string merchant;
  std::uint64_t seq = 0;  ///< Per merchant, dense, from 1.
  Position cause;
  std::uint32_t ordinal = 0;  ///< Among the changes of one cause.
  std::string type;           ///< E.g. "order.placed".
  std::string subject;        ///< The record's id.
  std::uint64_t version = 0;
  Instant at{};
  std::string data;  ///< The record at that version, JSON.

  [[nodiscard]] std::string Id() const;
};

/// A run of a feed's numbers.
struct SeqRange {
  std::uint64_t after = 0;  ///< Exclusive.
  std::uint64_t end = 0;    ///< Inclusive.
};

/// Work the fold planned for somebody outside it. One per (merchant, kind, subject).
struct WorkRow {
  std::string merchant;
  std::string kind;  ///< "reread", "publish_incomplete", "republish"
  std::string subject;
  Instant due_at{};
  std::string detail;
  Position cause;
};

struct WorkKey {
  std::string merchant;
  std::string kind;
  std::string subject;
};

/// Another name a record is found by; many-to-many.
struct AliasRow {
  std::string merchant;
  std::string kind;  ///< "platform_display_id", "unmapped_store" ...
  std::string key;
  std::string id;
};

/// An entry that could not be mapped or folded: kept, shown, driven again.
struct QuarantineRow {
  std::string merchant;
  Position position;
  std::string connection;
  std::string topic;
  std::string reason;  ///< A code of the closed list in openapi.json.
  std::string detail;
  Instant at{};
};

/// All that a run of entries did, applied in one go or not at all.
struct Batch {
  Position through;  ///< The last entry folded in it.
  std::vector<RecordRow> puts;
  std::vector<ChangeRow> changes;  ///< In seq order per merchant.
  std::vector<WorkRow> works;
  std::vector<WorkKey> works_done;
  std::vector<AliasRow> aliases;
  std::vector<AliasRow> aliases_gone;
  std::vector<QuarantineRow> quarantined;
  std::vector<Position> released;             ///< Quarantined entries that a redrive has settled.
  std::optional<std::uint32_t> fold_version;  ///< Set by an epoch entry.
};

}  // namespace weir::storage
