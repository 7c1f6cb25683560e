// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "connectors/roles.hpp"
#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"
#include "sync/order_fold.hpp"

namespace weir::sync {

/// What is known of a connection's token: the payload of a `token` entry and the state of its
/// record.
struct TokenState {
  /// Digest of the credentials it was asked for with: other ones need another token.
  std::string credentials;
  std::optional<connectors::Token> token;
  /// The platform took neither the token nor the credentials, so a person must act: its code, or
  /// the kind of the error.
  std::optional<std::string> refused;
  friend bool operator==(const TokenState&, const TokenState&) = default;
};

/// JSON; what must not be shown stands in `secrets` and `credentials`, as in a setting.
[[nodiscard]] std::string EncodeTokenState(const TokenState& state);
[[nodiscard]] Result<TokenState> DecodeTokenState(std::string_view text);

/// A connection's token as the view holds it; nothing when it never had one.
boost::asio::awaitable<Result<std::optional<TokenState>>> ReadTokenState(storage::Storage& storage,
                                                                         std::string merchant,
                                                                         std::string connection);

/// A `token` entry becomes the connection's record. That a platform refuses a connection is
/// published as `connection.unauthorized`, that it takes it again as `connection.authorized`.
class TokenFold {
 public:
  explicit TokenFold(storage::Storage& storage) : storage_(storage) {}

  /// Starts its own batch (FoldRules::NeedsAppliedView), since it keeps no cache. Throws
  /// std::runtime_error when the entry or the view cannot be read.
  boost::asio::awaitable<void> Fold(const storage::Entry& entry, FoldBatch& batch);

  /// The platform says that its merchant took the authorisation back: the token is refused, unless
  /// it was given later. Connections without one have nothing to lose.
  boost::asio::awaitable<void> Revoke(FoldPoint at, model::ConnectionFact fact, FoldBatch& batch);

 private:
  boost::asio::awaitable<std::optional<storage::RecordRow>> Load(FoldPoint at);

  storage::Storage& storage_;
};

}  // namespace weir::sync
