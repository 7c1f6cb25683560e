// SPDX-License-Identifier: Apache-2.0
#include "sync/tokens.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>

#include "sync/token_state.hpp"

namespace weir::sync {
namespace {

using boost::asio::awaitable;
using connectors::Token;
using connectors::TokenIssuer;

constexpr auto kAfterRefusal = std::chrono::hours(1);
constexpr auto kShortest = std::chrono::seconds(1);
/// Longer than a request for a token lasts with all that the client stack repeats.
constexpr auto kLease = std::chrono::minutes(2);
constexpr std::size_t kMostDoublings = 6;
/// A token is renewed when this part of its life is left, but no more than a day.
constexpr int kLastPart = 10;
constexpr Instant::duration kLastDay = std::chrono::days(1);

}  // namespace

TokenShelf::TokenShelf(storage::Storage& storage, storage::Leases& leases, const Clock& clock,
                       Random& random, TokenOwner owner, std::shared_ptr<ConnectionHealth> health)
    : storage_(storage),
      leases_(leases),
      clock_(clock),
      random_(random),
      owner_(std::move(owner)),
      health_(std::move(health)) {}

awaitable<Result<Secret>> TokenShelf::Access(std::shared_ptr<TokenIssuer> issuer) {
  return Fly(std::move(issuer), std::nullopt);
}

awaitable<Result<Secret>> TokenShelf::Renew(std::shared_ptr<TokenIssuer> issuer, Secret refused) {
  return Fly(std::move(issuer), std::move(refused));
}

std::optional<TokenShelf::Answer> TokenShelf::Ready(const std::optional<Secret>& refused) const {
  const bool held_back = clock_.Monotonic() < not_before_;
  if (held_ && !(refused && held_->access == *refused)) {
    const Instant now = clock_.Now();
    if (now < renew_at_ || (held_back && now < held_->expires_at)) return held_->access;
  }
  if (held_back && failure_) return std::unexpected(*failure_);
  return std::nullopt;
}

// One asks the platform; who comes meanwhile waits for what it gets.
awaitable<TokenShelf::Answer> TokenShelf::Fly(std::shared_ptr<TokenIssuer> issuer,
                                              std::optional<Secret> refused) {
  bool leads = false;
  {
    const std::lock_guard lock(mutex_);
    if (auto ready = Ready(refused)) co_return *std::move(ready);
    leads = !std::exchange(flying_, true);
  }
  if (!leads) {
    co_return co_await Suspend<Answer>([this, refused](Resume<Answer> resume) {
      std::unique_lock lock(mutex_);
      if (flying_) {
        waiters_.push_back(std::move(resume));
        return;
      }
      auto ready = Ready(refused);
      lock.unlock();
      resume(ready ? *std::move(ready) : Fail(ErrorKind::kTransport, "no token was obtained"));
    });
  }
  Answer answer = Fail(ErrorKind::kInternal, "the token could not be obtained");
  try {
    answer = co_await Obtain(std::move(issuer), std::move(refused));
  } catch (const std::exception& error) {
    spdlog::error("event=token_failed connection={} error=\"{}\"", owner_.connection, error.what());
  }
  std::vector<Resume<Answer>> waiters;
  {
    const std::lock_guard lock(mutex_);
    flying_ = false;
    waiters = std::exchange(waiters_, {});
  }
  for (auto& resume : waiters) resume(answer);
  co_return answer;
}

awaitable<TokenShelf::Answer> TokenShelf::Obtain(std::shared_ptr<TokenIssuer> issuer,
                                                 std::optional<Secret> refused) {
  const std::string lease = "token/" + owner_.merchant + "/" + owner_.connection;
  const auto taken = co_await leases_.Take(lease, kLease);
  if (!taken) co_return std::unexpected(taken.error());
  if (!*taken) {
    HoldBack({.kind = ErrorKind::kTransport, .message = "another node asks for the token"});
    const std::lock_guard lock(mutex_);
    co_return Ready(refused).value_or(std::unexpected(*failure_));
  }
  auto answer = co_await ObtainAlone(std::move(issuer), std::move(refused));
  if (const auto given = co_await leases_.Give(lease); !given) {
    spdlog::warn("event=lease_not_given name={} error=\"{}\"", lease, given.error().message);
  }
  co_return answer;
}

awaitable<TokenShelf::Answer> TokenShelf::ObtainAlone(std::shared_ptr<TokenIssuer> issuer,
                                                      std::optional<Secret> refused) {
  if (!unsaved_) {
    if (auto loaded = co_await Load(); !loaded) co_return std::unexpected(loaded.error());
    const std::lock_guard lock(mutex_);
    if (auto ready = Ready(refused)) co_return *std::move(ready);
  }
  if (!unsaved_) {
    auto token = co_await Issue(std::move(issuer));
    if (!token) {
      if (health_) health_->NoteError(CallKind::kToken, token.error());
      HoldBack(token.error());
      if (token.error().kind == ErrorKind::kUnauthorized) {
        co_await KeepRefusal(token.error());
      }
      const std::lock_guard lock(mutex_);
      if (auto ready = Ready(refused)) co_return *std::move(ready);
      co_return std::unexpected(token.error());
    }
    unsaved_ = std::move(*token);
  }
  // Lost before it is durable, it would be gone: whoever starts next knows the old one only.
  const TokenState state{.credentials = owner_.credentials, .token = unsaved_, .refused = {}};
  if (auto kept = co_await Keep(state); !kept) {
    HoldBack(kept.error());
    co_return std::unexpected(kept.error());
  }
  spdlog::info("event=token_renewed connection={} expires_at={}", owner_.connection,
               ToRfc3339(unsaved_->expires_at));
  if (health_) health_->NoteAnswer(CallKind::kToken);
  Hold(*std::exchange(unsaved_, std::nullopt));
  co_return held_->access;
}

// The platform refuses what was given up: a token that somebody else renewed meanwhile, or one too
// old to be renewed, where the credentials alone still bring a new one.
awaitable<Result<Token>> TokenShelf::Issue(std::shared_ptr<TokenIssuer> issuer) {
  auto token = co_await issuer->Issue(held_);
  if (token || token.error().kind != ErrorKind::kUnauthorized || !held_) co_return token;
  const auto known = co_await ReadTokenState(storage_, owner_.merchant, owner_.connection);
  const bool newer = known && *known && (*known)->credentials == owner_.credentials &&
                     (*known)->token && (*known)->token->access != held_->access;
  if (newer) co_return *(*known)->token;
  co_return co_await issuer->Issue(std::nullopt);
}

awaitable<Result<void>> TokenShelf::Load() {
  auto known = co_await ReadTokenState(storage_, owner_.merchant, owner_.connection);
  if (!known) co_return std::unexpected(known.error());
  const bool ours = *known && (*known)->credentials == owner_.credentials;
  if (ours && (*known)->token && (!held_ || (*known)->token->obtained_at > held_->obtained_at)) {
    Hold(*std::move((*known)->token));
  }
  refusal_kept_ = ours && (*known)->refused;
  co_return Result<void>{};
}

awaitable<Result<void>> TokenShelf::Keep(TokenState state) {
  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope = {.kind = storage::EntryKind::kToken,
                         .merchant = owner_.merchant,
                         .connection = owner_.connection,
                         .platform = owner_.platform,
                         .dialect = {},
                         .topic = {},
                         .request = {},
                         .received_at = clock_.Now()};
  entries[0].payload = EncodeTokenState(state);
  auto position = co_await storage_.Append(std::move(entries));
  if (!position) co_return std::unexpected(position.error());
  refusal_kept_ = state.refused.has_value();
  co_return Result<void>{};
}

// Once: until the platform gives a token, further refusals say nothing new.
awaitable<void> TokenShelf::KeepRefusal(Error error) {
  if (refusal_kept_) co_return;
  const std::string why =
      error.remote_code.empty() ? std::string(Name(error.kind)) : error.remote_code;
  const auto kept =
      co_await Keep({.credentials = owner_.credentials, .token = held_, .refused = why});
  if (!kept) {
    spdlog::error("event=token_not_kept connection={} error=\"{}\"", owner_.connection,
                  kept.error().message);
  }
}

void TokenShelf::Hold(Token token) {
  const auto last_part = std::min((token.expires_at - token.obtained_at) / kLastPart, kLastDay);
  const auto before = WithJitter(last_part, random_);
  const std::lock_guard lock(mutex_);
  renew_at_ = token.expires_at - std::chrono::duration_cast<Instant::duration>(before);
  held_ = std::move(token);
  failure_.reset();
  failures_ = 0;
  not_before_ = {};
}

void TokenShelf::HoldBack(Error error) {
  const auto pause =
      error.kind == ErrorKind::kUnauthorized
          ? std::chrono::nanoseconds(kAfterRefusal)
          : std::chrono::nanoseconds(kShortest) * (1U << std::min(failures_, kMostDoublings));
  const auto wait = WithJitter(std::max<std::chrono::nanoseconds>(
                                   pause, error.retry_after.value_or(std::chrono::seconds(0))),
                               random_);
  const std::lock_guard lock(mutex_);
  ++failures_;
  not_before_ = clock_.Monotonic() + wait;
  failure_ = std::move(error);
}

awaitable<Result<Secret>> Tokens::Vault::Access() {
  if (!issuer_) co_return Fail(ErrorKind::kUnauthorized, "nobody asks for this token");
  co_return co_await shelf_->Access(issuer_);
}

awaitable<Result<Secret>> Tokens::Vault::Renew(Secret refused) {
  if (!issuer_) co_return Fail(ErrorKind::kUnauthorized, "nobody asks for this token");
  co_return co_await shelf_->Renew(issuer_, std::move(refused));
}

std::shared_ptr<Tokens::Vault> Tokens::VaultOf(TokenOwner owner,
                                               std::shared_ptr<ConnectionHealth> health) {
  const std::lock_guard lock(mutex_);
  std::erase_if(shelves_, [](const auto& known) { return known.second.expired(); });
  std::weak_ptr<TokenShelf>& known = shelves_[owner];
  std::shared_ptr<TokenShelf> shelf = known.lock();
  if (!shelf) {
    shelf = std::make_shared<TokenShelf>(storage_, leases_, clock_, random_, std::move(owner),
                                         std::move(health));
    known = shelf;
  }
  return std::make_shared<Vault>(std::move(shelf));
}

}  // namespace weir::sync
