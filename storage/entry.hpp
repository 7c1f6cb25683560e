// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"

namespace weir::storage {

/// Where an entry stands in the journal: dense within its shard, counted from 1. Text form
/// ("0-123") is opaque to users.
struct Position {
  std::uint32_t shard = 0;
  std::uint64_t offset = 0;  ///< 0 = before the first entry.

  [[nodiscard]] std::string ToText() const;
  [[nodiscard]] static std::optional<Position> Parse(std::string_view text);
  friend auto operator<=>(const Position&, const Position&) = default;
};

/// What came from outside. The numbers are on disk: never reuse one.
enum class EntryKind : std::uint8_t {
  kPush = 1,        ///< A verified message a platform sent.
  kPulled = 2,      ///< One item a platform answered when asked.
  kCommand = 3,     ///< A merchant's intent.
  kSetting = 4,     ///< What the configuration or an operator declares; the payload is JSON.
  kAttempt = 5,     ///< An effect is about to leave.
  kOutcome = 6,     ///< What became of it.
  kToken = 7,       ///< A platform's new token.
  kTick = 8,        ///< Time has passed; the stamp says how far.
  kEpoch = 9,       ///< From here on another fold version makes the records.
  kRedrive = 10,    ///< An old entry, carried again in full, to be mapped by today's code.
  kRepublish = 11,  ///< Records whose surroundings changed, to be projected again.
  kWindow = 12,     ///< What became of a pulled window: range and counts.
  kRequest = 13,    ///< What somebody asked for that changes no record, or what came of it.
};

/// The kind's word in the API, e.g. "push".
[[nodiscard]] std::string_view Name(EntryKind kind) noexcept;

/// What is known of an entry beside its payload. Texts are short words, at most 255 bytes each
/// after the connector's limits.
struct Envelope {
  EntryKind kind = EntryKind::kPush;
  std::string merchant;
  std::string connection;  ///< Empty where no connection is concerned.
  std::string platform;    ///< The platform word as in a connection, e.g. "meituan".
  std::string dialect;     ///< How the payload is written, in the connector's words.
  std::string topic;       ///< Pushes: the rest of the hook's path. Others: what it is about.
  /// Who asked for it through the API, in sync's words; empty where nobody did.
  std::string request;
  Instant received_at{};  ///< When it reached us, by our clock. Reads: when the request was sent.
  friend bool operator==(const Envelope&, const Envelope&) = default;
};

/// An entry on its way in.
struct NewEntry {
  Envelope envelope;
  std::string payload;  ///< Exactly as received.
  /// What the appender already made of the payload (its facts); travels beside the entry to the
  /// fold of this process and is never stored.
  std::shared_ptr<void> attachment{};
};

/// An entry as the journal holds it.
struct Entry {
  Position position;
  Instant stamp{};  ///< max(clock, last stamp) when its group was written: the fold's only time.
  Envelope envelope;
  std::string payload;
  /// Its payload was about somebody who is forgotten and was overwritten; the payload here is what
  /// is left to say, in sync's words.
  bool erased = false;
};

/// A durable entry handed to the fold of this process. The payload is empty when an attachment
/// stands for it.
struct DurableEntry {
  Entry entry;
  std::shared_ptr<void> attachment{};
};

/// Takes what became durable, in position order, each entry once. Called on the journal's writer;
/// must be quick and must not throw.
class EntrySink {
 public:
  virtual ~EntrySink() = default;
  virtual void OnDurable(std::vector<DurableEntry> group) = 0;
};

}  // namespace weir::storage
