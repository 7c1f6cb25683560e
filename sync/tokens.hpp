// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/random.hpp"
#include "base/suspend.hpp"
#include "connectors/roles.hpp"
#include "storage/leases.hpp"
#include "storage/storage.hpp"
#include "sync/connection_health.hpp"
#include "sync/token_state.hpp"

/// The life of platforms' access tokens, once for all platforms: a new one is durable before its
/// first use, however many calls ask for it there is one request, and it is asked for before the
/// old one ends.
namespace weir::sync {

/// Whose token it is.
struct TokenOwner {
  std::string merchant;
  std::string connection;
  std::string platform;
  /// Digest of the credentials it is asked for with: other ones need another token.
  std::string credentials;
  friend auto operator<=>(const TokenOwner&, const TokenOwner&) = default;
};

/// One connection's token. Callable from any thread.
///
/// However many nodes share the storage, one asks the platform; the others read what it got.
///
/// A token is renewed when about a tenth of its life, or a day, is left. While that fails the old
/// one serves to its end. After a refusal the platform is asked again hourly; after another failure
/// as soon as 1 s, then rarer, up to every minute.
class TokenShelf {
 public:
  /// `health` is told what came of each renewal; null: nobody is. Everything else outlives it.
  TokenShelf(storage::Storage& storage, storage::Leases& leases, const Clock& clock, Random& random,
             TokenOwner owner, std::shared_ptr<ConnectionHealth> health);

  /// See connectors::TokenVault. kUnauthorized when a person must act.
  boost::asio::awaitable<Result<Secret>> Access(std::shared_ptr<connectors::TokenIssuer> issuer);
  boost::asio::awaitable<Result<Secret>> Renew(std::shared_ptr<connectors::TokenIssuer> issuer,
                                               Secret refused);

 private:
  using Answer = Result<Secret>;

  boost::asio::awaitable<Answer> Fly(std::shared_ptr<connectors::TokenIssuer> issuer,
                                     std::optional<Secret> refused);
  boost::asio::awaitable<Answer> Obtain(std::shared_ptr<connectors::TokenIssuer> issuer,
                                        std::optional<Secret> refused);
  /// The same, for who holds the lease.
  boost::asio::awaitable<Answer> ObtainAlone(std::shared_ptr<connectors::TokenIssuer> issuer,
                                             std::optional<Secret> refused);
  boost::asio::awaitable<Result<connectors::Token>> Issue(
      std::shared_ptr<connectors::TokenIssuer> issuer);
  boost::asio::awaitable<Result<void>> Load();
  boost::asio::awaitable<Result<void>> Keep(TokenState state);
  boost::asio::awaitable<void> KeepRefusal(Error error);
  void Hold(connectors::Token token);
  void HoldBack(Error error);
  /// What can be answered without asking anybody. Under the mutex.
  [[nodiscard]] std::optional<Answer> Ready(const std::optional<Secret>& refused) const;

  storage::Storage& storage_;
  storage::Leases& leases_;
  const Clock& clock_;
  Random& random_;
  const TokenOwner owner_;
  const std::shared_ptr<ConnectionHealth> health_;

  // Changed by whoever flies, the first five under the mutex, since others look at them.
  std::mutex mutex_;
  std::optional<connectors::Token> held_;
  Instant renew_at_{};
  std::chrono::nanoseconds not_before_{};  ///< Monotonic: until then `failure_` is the answer.
  std::optional<Error> failure_;
  std::size_t failures_ = 0;
  bool refusal_kept_ = false;
  std::optional<connectors::Token> unsaved_;  ///< The platform gave it; it is not durable yet.

  bool flying_ = false;
  std::vector<Resume<Answer>> waiters_;
};

/// All shelves of a gateway: connectors are made anew when settings change, what is known of their
/// tokens stays. Callable from any thread.
class Tokens {
 public:
  /// Everything outlives it and the vaults.
  Tokens(storage::Storage& storage, storage::Leases& leases, const Clock& clock, Random& random)
      : storage_(storage), leases_(leases), clock_(clock), random_(random) {}

  /// A vault for a connector under construction, and where its issuer is put once it is made;
  /// without one every call is kUnauthorized.
  class Vault final : public connectors::TokenVault {
   public:
    explicit Vault(std::shared_ptr<TokenShelf> shelf) : shelf_(std::move(shelf)) {}
    /// Before the first call.
    void Use(std::shared_ptr<connectors::TokenIssuer> issuer) { issuer_ = std::move(issuer); }

    boost::asio::awaitable<Result<Secret>> Access() override;
    boost::asio::awaitable<Result<Secret>> Renew(Secret refused) override;

   private:
    const std::shared_ptr<TokenShelf> shelf_;
    std::shared_ptr<connectors::TokenIssuer> issuer_;
  };
  [[nodiscard]] std::shared_ptr<Vault> VaultOf(TokenOwner owner,
                                               std::shared_ptr<ConnectionHealth> health = nullptr);

 private:
  storage::Storage& storage_;
  storage::Leases& leases_;
  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::map<TokenOwner, std::weak_ptr<TokenShelf>> shelves_;
};

}  // namespace weir::sync
