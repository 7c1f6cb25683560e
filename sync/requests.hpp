// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"

namespace weir::sync {

/// Who asked for an entry through the API: stands in its envelope (Envelope::request).
struct Asked {
  std::string key_id;           ///< Of the caller's key.
  std::string request_id;       ///< As in the answer and the log.
  std::string call;             ///< "POST /v1/journal/0-12/redrive"
  std::string idempotency_key;  ///< Empty when none was sent.
  std::string content;          ///< Digest of the call and its body, hex.
  friend bool operator==(const Asked&, const Asked&) = default;
};

[[nodiscard]] std::string EncodeAsked(const Asked& asked);
[[nodiscard]] Result<Asked> DecodeAsked(std::string_view text);

/// The call of what a command of the program did, without a key or a request.
inline constexpr const char* kEraseCall = "weir erase";

/// For so long, by the stamps of entries, a key stands for the first request that came with it.
inline constexpr std::chrono::hours kIdempotencyKeyKept{24};
/// The planned work that forgets a key: its subject is the key, its cause the first request's
/// entry, its detail that request's content.
inline constexpr const char* kIdempotencyKeyWork = "idempotency_key";

/// The planned work that a `request` entry of kind "pull" asks for (sync/windows.hpp): its subject
/// is that entry's position, its detail the payload.
inline constexpr const char* kPullWork = "pull";

/// What an answered request was answered with, for those who ask again under its key.
struct RequestOutcome {
  unsigned status = 200;
  std::string content_type;
  std::string body;
  friend bool operator==(const RequestOutcome&, const RequestOutcome&) = default;
};

/// The payload of the `request` entry that keeps the outcome of the one at `of`.
[[nodiscard]] std::string EncodeOutcome(storage::Position of, const RequestOutcome& outcome);
[[nodiscard]] bool IsOutcome(std::string_view payload);
/// Such a payload without the answer's body.
[[nodiscard]] std::string WithoutBody(std::string_view payload);
/// The planned work that forgets an outcome, as long after it as a key is kept: its subject is the
/// position of what it is the outcome of, its detail the outcome.
inline constexpr const char* kRequestOutcomeWork = "request_outcome";

/// What came of the request at `of`; nothing until that is folded, and once it is forgotten.
boost::asio::awaitable<Result<std::optional<RequestOutcome>>> FindOutcome(storage::Storage& storage,
                                                                          std::string merchant,
                                                                          storage::Position of);

/// A `request` entry changes no record; one that keeps an outcome plans when it is forgotten, one
/// that asks for a pull plans it.
void FoldRequestEntry(const storage::Entry& entry, FoldBatch& batch);

/// Decides whether an entry that somebody asked for is the first under its key.
class RequestFold {
 public:
  explicit RequestFold(storage::Storage& storage) : storage_(storage) {}

  /// False when an earlier entry came under the same key: this one folds to nothing, whatever its
  /// content. Reads the applied view. Throws std::runtime_error when it cannot be read.
  boost::asio::awaitable<bool> Admit(const storage::Entry& entry, FoldBatch& batch);

 private:
  storage::Storage& storage_;
};

/// Which entry stands for a request's key, once that is folded; nothing when the key is unknown,
/// too old at `now`, or none was sent. kRejected with remote_code "idempotency_key_reused" when the
/// key came with other content.
boost::asio::awaitable<Result<std::optional<storage::Position>>> FindFirstRequest(
    storage::Storage& storage, std::string merchant, Asked asked, Instant now);

}  // namespace weir::sync
