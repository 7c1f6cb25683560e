// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "mapping/json.hpp"

/// Doudian's pushes as they come: a JSON array of messages (protocol B9).
namespace weir::mapping::doudian {

struct Message {
  std::string_view tag;  ///< Text or number, as it is written.
  std::string_view id;   ///< msg_id, or msgId: what copies have in common.
  Value data;            ///< Text that holds an object, or the object.

  /// The data as text.
  [[nodiscard]] std::string DataText() const;
};

/// What stands behind all other tags: the platform tries a new URL.
inline constexpr std::string_view kProbeTag = "0";
/// Doudian is said to send at most 50 in one request (recalled only).
inline constexpr std::size_t kMostMessages = 256;

/// The messages of one push. They stay on the thread that made them.
class Messages {
 public:
  /// kMalformed for what is no array of objects, and for more than kMostMessages.
  [[nodiscard]] static Result<Messages> Decode(std::string_view body);

  [[nodiscard]] const std::vector<Message>& all() const { return messages_; }
  /// True when there is none, or probes only.
  [[nodiscard]] bool is_probe() const;
  /// The tag that all have; "batch" where they differ.
  [[nodiscard]] std::string topic() const;
  /// Digest of tags, ids and data, however the array is written.
  [[nodiscard]] ContentDigest Content() const;

 private:
  explicit Messages(JsonDocument document) : document_(std::move(document)) {}

  JsonDocument document_;
  std::vector<Message> messages_;
};

}  // namespace weir::mapping::doudian
