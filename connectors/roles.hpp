// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"
#include "connectors/courier.hpp"
#include "mapping/mapped.hpp"
#include "model/words.hpp"
#include "net/message.hpp"
#include "net/transport.hpp"

/// The roles a platform's connector may play. Implementations are stateless apart from their
/// connection pool; each object serves one connection and is callable from any thread.
namespace weir::connectors {

/// A push whose signature held.
struct VerifiedPush {
  bool probe = false;   ///< Nothing to store: answered ok.
  std::string topic;    ///< Where the message itself says it; empty: the path's.
  std::string dialect;  ///< How `payload` is written; the map needs it again on a replay.
  std::string payload;  ///< The raw bytes to keep.
  /// Of the verified content without the transport fields, topic and connection apart.
  ContentDigest content;
  /// The sending timestamp inside the message. It is no part of `content`; a copy sent earlier
  /// than the one held says something new of when a fact happened.
  std::optional<Instant> sent_at;
  /// Made in the same pass over the payload; the fold takes the facts out of it.
  std::shared_ptr<mapping::Mapped> mapped;
  /// What the platform wants to hear once this very push is stored (a challenge given back, the
  /// answer to a question), where that is not PushVerifier::Accepted().
  std::optional<net::Response> reply{};
};

/// The push side: is this message the platform's, and what does the platform want to hear.
class PushVerifier {
 public:
  virtual ~PushVerifier() = default;

  /// `topic` is the decoded rest of the hook's path. kUnauthorized when the signature does not
  /// hold (message: the typed reason, e.g. "bad_signature", "missing_signature",
  /// "wrong_app_id"), kMalformed when there is nothing a signature could be checked on, kNotFound
  /// (message: "wrong_token") when the topic lacks the word that makes it this connection's.
  [[nodiscard]] virtual Result<VerifiedPush> Verify(const net::Request& request,
                                                    std::string_view topic) const = 0;

  /// The headers a signature stands in. A refusal keeps these and no others, so that it can be
  /// verified again.
  [[nodiscard]] virtual std::vector<std::string_view> SignatureHeaders() const { return {}; }

  /// What this platform wants to hear of a stored push, and of a refused or failed one.
  [[nodiscard]] virtual net::Response Accepted() const = 0;
  [[nodiscard]] virtual net::Response Refused(const Error& error) const = 0;

  /// Each step of the signature check in words, for `weir explain`: the decoded fields, the
  /// canonical text with the secret left out, the digests on both sides. Unless `personal`, values
  /// that are not known to be harmless are shown as their length.
  [[nodiscard]] virtual std::string Explain(const net::Request& request, bool personal) const = 0;
};

/// One item a platform answered, exactly as received.
struct PulledItem {
  std::string dialect;
  std::string topic;  ///< What was asked, e.g. "order/getOrderDetail".
  std::string payload;
  Instant asked_at{};  ///< When our request was sent.
};

/// The pull side of a platform that sells orders.
class OrderSource {
 public:
  virtual ~OrderSource() = default;

  /// Reads one order by the platform's id. kNotFound when the platform does not know it.
  virtual boost::asio::awaitable<Result<PulledItem>> GetOrder(std::string platform_order_id) = 0;
};

/// How a courier of the merchant's gets on with an order, for the platform that sold it.
struct DeliveryNews {
  std::string platform_order_id;
  std::string courier;   ///< The courier's platform word: "dada".
  std::string shipment;  ///< Our number of it.
  model::ShipmentStatus status = model::ShipmentStatus::kCreated;
  std::string rider_name;
  std::string rider_phone;
  std::string latitude;  ///< Of the rider, degrees of GCJ-02 as decimal text; may be empty.
  std::string longitude;
  Instant at{};
};

/// The command side of a platform that sells orders. Nothing is repeated here: a call that may have
/// left without an answer is kTransport or kMalformed, one that came too late kConflict.
class OrderDesk {
 public:
  virtual ~OrderDesk() = default;

  /// The shop takes the order.
  virtual boost::asio::awaitable<Result<void>> Accept(std::string platform_order_id) = 0;

  // What not every platform has: kRejected with remote_code "unsupported" where it has it not.

  /// The shop does not take the order. `reason` is one of the words of connectors/reasons.hpp, or
  /// text for the customer.
  virtual boost::asio::awaitable<Result<void>> Refuse(std::string platform_order_id,
                                                      std::string reason);
  /// The meal can be fetched.
  virtual boost::asio::awaitable<Result<void>> Ready(std::string platform_order_id);
  /// The customer gets the money he asked back, or does not; `refund_id` is the platform's, empty
  /// where it gives none. `reason` is text for the customer.
  virtual boost::asio::awaitable<Result<void>> DecideRefund(std::string platform_order_id,
                                                            std::string refund_id, bool approve,
                                                            std::string reason);
  /// What the platform has no word for is told to nobody, and well.
  virtual boost::asio::awaitable<Result<void>> TellDelivery(DeliveryNews news);
};

/// A page of a list.
struct PulledPage {
  std::vector<PulledItem> items;
  std::string next;  ///< The cursor of the page behind it; empty at the end.
};

/// From `from` up to `to`.
struct Window {
  Instant from{};
  Instant to{};
};

/// A platform that tells which orders there are, beside answering for each.
class OrderLister {
 public:
  virtual ~OrderLister() = default;

  /// How far back a list is of use: orders older than that are settled.
  [[nodiscard]] virtual std::chrono::days reach() const = 0;
  /// A page of the orders of one shop placed on the days of `window`, as far back as the platform
  /// lists, each order one item, whole as a read of it would be; `cursor` is empty for the first
  /// page. A page that fails says nothing of those behind it.
  virtual boost::asio::awaitable<Result<PulledPage>> ListOrders(std::string platform_shop,
                                                                Window window,
                                                                std::string cursor) = 0;
};

/// The pull side of a platform whose customers write reviews.
class ReviewSource {
 public:
  virtual ~ReviewSource() = default;

  /// How far back the platform answers.
  [[nodiscard]] virtual std::chrono::days reach() const = 0;
  /// A page of the reviews of one shop posted in `window`, each review one item; `cursor` is empty
  /// for the first page. A page that fails says nothing of those behind it.
  virtual boost::asio::awaitable<Result<PulledPage>> ListReviews(std::string platform_shop,
                                                                 Window window,
                                                                 std::string cursor) = 0;
};

/// The pull side of a platform that keeps menus.
class MenuSource {
 public:
  virtual ~MenuSource() = default;

  /// One shop's whole menu as one item (mapping/pages.hpp): every page of it, or an error.
  virtual boost::asio::awaitable<Result<PulledItem>> ReadMenu(std::string platform_shop) = 0;
};

/// The pull side of a platform that tells of shops.
class StoreSource {
 public:
  virtual ~StoreSource() = default;

  /// Every shop of the account, linked or not, in the platform's word.
  virtual boost::asio::awaitable<Result<std::vector<std::string>>> ListShops() = 0;
  /// These shops, at most 100, each one item; those the platform does not know are left out.
  virtual boost::asio::awaitable<Result<std::vector<PulledItem>>> ReadShops(
      std::vector<std::string> platform_shops) = 0;
};

/// An access token as the platform gave it.
struct Token {
  Secret access;
  Secret refresh;         ///< Empty where the platform gives none.
  Instant obtained_at{};  ///< When it was asked for.
  Instant expires_at{};
  std::optional<Instant> refresh_expires_at;  ///< Where the platform says so.
  friend bool operator==(const Token&, const Token&) = default;
};

/// Asks the platform for tokens: the part of token life that only a connector knows. It keeps no
/// token and repeats nothing.
class TokenIssuer {
 public:
  virtual ~TokenIssuer() = default;

  /// A token: `former` refreshed where it can be, else a new one. kUnauthorized when the platform
  /// takes neither `former` nor the credentials: then a person must act, unless a newer token than
  /// `former` is held by now.
  virtual boost::asio::awaitable<Result<Token>> Issue(std::optional<Token> former) = 0;
};

/// Holds a connection's token. Callable from any thread.
class TokenVault {
 public:
  virtual ~TokenVault() = default;

  /// The token to use now.
  virtual boost::asio::awaitable<Result<Secret>> Access() = 0;
  /// After the platform refused `refused`: a newer one. However many ask, the platform is asked
  /// once.
  virtual boost::asio::awaitable<Result<Secret>> Renew(Secret refused) = 0;
};

/// What a connector reaches the world through. `transport` and `clock` outlive it.
struct ConnectorParts {
  net::Transport& transport;
  const Clock& clock;
  /// Null where nobody holds tokens: what needs one fails with kUnauthorized. Not used while the
  /// connector is made, so that it may get the connector's `tokens` afterwards.
  std::shared_ptr<TokenVault> vault;
};

/// A connector as the registry makes it: the roles it plays, null where it does not.
struct Connector {
  std::shared_ptr<const PushVerifier> pushes;
  std::shared_ptr<OrderSource> orders;
  std::shared_ptr<TokenIssuer> tokens;
  std::shared_ptr<ReviewSource> reviews{};
  std::shared_ptr<MenuSource> menus{};
  std::shared_ptr<StoreSource> stores{};
  std::shared_ptr<OrderLister> lists{};
  std::shared_ptr<OrderDesk> desk{};
  std::shared_ptr<Courier> courier{};
  /// The code this platform refuses a wrong clock with; empty where it has none of its own.
  std::string_view clock_code{};
};

}  // namespace weir::connectors
