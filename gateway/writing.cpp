// SPDX-License-Identifier: Apache-2.0
#include "gateway/writing.hpp"

#include <algorithm>
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

boost::asio::awaitable<Result<std::optional<storage::Position>>> Writing::Repeated(
    std::string merchant, sync::Asked asked) {
  return sync::FindFirstRequest(storage_, std::move(merchant), std::move(asked), clock_.Now());
}

boost::asio::awaitable<Result<storage::Position>> Writing::Append(storage::NewEntry entry,
                                                                  sync::Asked asked) {
  const std::string merchant = entry.envelope.merchant;
  entry.envelope.request = sync::EncodeAsked(asked);
  std::vector<storage::NewEntry> entries;
  entries.push_back(std::move(entry));
  const auto position = co_await storage_.Append(std::move(entries));
  if (!position) co_return std::unexpected(position.error());
  if (auto folded = co_await WaitFolded(*position); !folded) {
    co_return std::unexpected(folded.error());
  }
  const auto first = co_await Repeated(merchant, std::move(asked));
  if (!first) co_return std::unexpected(first.error());
  co_return first->value_or(*position);
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
