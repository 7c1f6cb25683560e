// SPDX-License-Identifier: Apache-2.0
#include "gateway/writing.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::gateway {
namespace {

constexpr auto kFoldPatience = std::chrono::seconds(5);
constexpr auto kFoldPoll = std::chrono::milliseconds(2);
constexpr std::size_t kMaxKey = 255;
constexpr std::size_t kMaxCall = 255;

bool IsVisible(char c) { return c > 0x20 && c < 0x7F; }

// Of all that makes the request what it is: the same key with anything else is a mistake.
std::string ContentOf(const Call& call) {
  ContentHasher hasher;
  hasher.Update(call.merchant);
  hasher.Update(call.request.method);
  hasher.Update(call.request.target);
  hasher.Update(call.request.body);
  const ContentDigest digest = hasher.Finish();
  std::string bytes;
  for (const std::uint64_t half : {digest.high, digest.low}) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(half >> shift));
  }
  return ToHex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

storage::NewEntry NewEntryOf(const Call& call, storage::EntryKind kind, std::string payload,
                             Instant now) {
  storage::NewEntry entry;
  entry.envelope.kind = kind;
  entry.envelope.merchant = call.merchant;
  entry.envelope.received_at = now;
  entry.payload = std::move(payload);
  return entry;
}

net::Response ResponseOf(sync::RequestOutcome outcome) {
  net::Response response;
  response.status = outcome.status;
  response.content_type = std::move(outcome.content_type);
  response.body = std::move(outcome.body);
  return response;
}

}  // namespace

Result<sync::Asked> ReadAsked(const Call& call) {
  const std::string_view key = call.request.headers.Find("Idempotency-Key");
  if (key.size() > kMaxKey || !std::ranges::all_of(key, IsVisible)) {
    return InvalidParameter("Idempotency-Key", "1 to 255 visible ASCII characters");
  }
  const std::string_view path = call.request.path();
  return sync::Asked{.key_id = call.principal.key_id,
                     .request_id = call.request.request_id,
                     .call = call.request.method + " " + std::string(path.substr(0, kMaxCall)),
                     .idempotency_key = std::string(key),
                     .content = ContentOf(call)};
}

class Writing::UnderWay {
 public:
  /// One request's turn; gone with this.
  class Turn {
   public:
    Turn(std::shared_ptr<UnderWay> all, std::pair<std::string, std::string> key)
        : all_(std::move(all)), key_(std::move(key)) {
      const std::lock_guard lock(all_->mutex_);
      is_mine_ = key_.second.empty() || all_->keys_.insert(key_).second;
    }
    ~Turn() {
      if (!is_mine_ || key_.second.empty()) return;
      const std::lock_guard lock(all_->mutex_);
      all_->keys_.erase(key_);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool is_mine() const { return is_mine_; }

   private:
    const std::shared_ptr<UnderWay> all_;
    const std::pair<std::string, std::string> key_;
    bool is_mine_ = false;
  };

 private:
  std::mutex mutex_;
  std::set<std::pair<std::string, std::string>> keys_;  ///< Merchant and Idempotency-Key.
};

Writing::Writing(storage::Storage& storage, Timer& timer, const Clock& clock,
                 UseSettings use_settings)
    : storage_(storage),
      timer_(timer),
      clock_(clock),
      use_settings_(std::move(use_settings)),
      under_way_(std::make_shared<UnderWay>()) {}

boost::asio::awaitable<Result<std::optional<storage::Position>>> Writing::Repeated(
    std::string merchant, sync::Asked asked) {
  return sync::FindFirstRequest(storage_, std::move(merchant), std::move(asked), clock_.Now());
}

boost::asio::awaitable<Result<storage::Position>> Writing::AppendEntry(storage::NewEntry entry) {
  std::vector<storage::NewEntry> entries;
  entries.push_back(std::move(entry));
  const auto position = co_await storage_.Append(std::move(entries));
  if (!position) co_return std::unexpected(position.error());
  if (auto folded = co_await WaitFolded(*position); !folded) {
    co_return std::unexpected(folded.error());
  }
  co_return *position;
}

boost::asio::awaitable<Result<storage::Position>> Writing::Append(storage::NewEntry entry,
                                                                  sync::Asked asked) {
  const std::string merchant = entry.envelope.merchant;
  entry.envelope.request = sync::EncodeAsked(asked);
  const auto position = co_await AppendEntry(std::move(entry));
  if (!position) co_return std::unexpected(position.error());
  const auto first = co_await Repeated(merchant, std::move(asked));
  if (!first) co_return std::unexpected(first.error());
  co_return first->value_or(*position);
}

boost::asio::awaitable<Result<storage::Position>> Writing::Declare(
    Call call, std::string connection, std::function<Result<std::string>()> make) {
  const auto asked = ReadAsked(call);
  if (!asked) co_return std::unexpected(asked.error());
  const auto first = co_await Repeated(call.merchant, *asked);
  if (!first) co_return std::unexpected(first.error());
  std::optional<storage::Position> position = *first;
  if (!position) {
    auto payload = make();
    if (!payload) co_return std::unexpected(payload.error());
    auto entry = NewEntryOf(call, storage::EntryKind::kSetting, std::move(*payload), clock_.Now());
    entry.envelope.connection = std::move(connection);
    const auto done = co_await Append(std::move(entry), *asked);
    if (!done) co_return std::unexpected(done.error());
    position = *done;
  }
  co_await use_settings_();
  co_return *position;
}

boost::asio::awaitable<net::Response> Writing::Perform(
    Call call, std::string payload, std::function<boost::asio::awaitable<net::Response>()> act) {
  const auto asked = ReadAsked(call);
  if (!asked) co_return Refuse(call, asked.error());
  const UnderWay::Turn turn(under_way_, {call.merchant, asked->idempotency_key});
  if (!turn.is_mine()) co_return Refuse(call, "busy", "the same request is being carried out");
  const auto first = co_await Repeated(call.merchant, *asked);
  if (!first) co_return Refuse(call, first.error());
  std::optional<storage::Position> position = *first;
  if (position) {
    auto outcome = co_await sync::FindOutcome(storage_, call.merchant, *position);
    if (!outcome) co_return Refuse(call, outcome.error());
    if (*outcome) co_return ResponseOf(std::move(**outcome));
  } else {
    auto entry = NewEntryOf(call, storage::EntryKind::kRequest, std::move(payload), clock_.Now());
    const auto done = co_await Append(std::move(entry), *asked);
    if (!done) co_return Refuse(call, done.error());
    position = *done;
  }
  net::Response response = co_await act();
  if (!asked->idempotency_key.empty() && response.status < 500) {
    co_await KeepOutcome(call.merchant, *position, response);
  }
  co_return response;
}

// An answer that could not be kept is no reason not to give it: its key is carried out again.
boost::asio::awaitable<void> Writing::KeepOutcome(std::string merchant, storage::Position of,
                                                  net::Response response) {
  storage::NewEntry entry;
  entry.envelope.kind = storage::EntryKind::kRequest;
  entry.envelope.merchant = std::move(merchant);
  entry.envelope.received_at = clock_.Now();
  entry.payload = sync::EncodeOutcome(of, {.status = response.status,
                                           .content_type = std::move(response.content_type),
                                           .body = std::move(response.body)});
  const auto kept = co_await AppendEntry(std::move(entry));
  if (!kept) {
    spdlog::warn("event=outcome_not_kept of={} error=\"{}\"", of.ToText(), kept.error().message);
  }
}

boost::asio::awaitable<Result<void>> Writing::WaitFolded(storage::Position position) {
  const auto deadline = clock_.Monotonic() + kFoldPatience;
  while (storage_.view_position() < position) {
    if (clock_.Monotonic() >= deadline) {
      co_return Fail(ErrorKind::kRateLimited,
                     "stored as " + position.ToText() + " but not folded yet");
    }
    co_await timer_.Wait(kFoldPoll);
  }
  co_return Result<void>{};
}

}  // namespace weir::gateway
