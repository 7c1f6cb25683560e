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
#include "mapping/mapped.hpp"
#include "net/message.hpp"

/// The roles a platform's connector may play. Implementations are stateless apart from their
/// connection pool; each object serves one connection and is callable from any thread.
namespace weir::connectors {

/// A push whose signature held.
struct VerifiedPush {
  bool probe = false;   ///< No field at all: answered ok, never stored.
  std::string dialect;  ///< How `payload` is written; the map needs it again on a replay.
  std::string payload;  ///< The raw bytes to keep.
  /// Of the verified content without the transport fields, topic and connection apart.
  ContentDigest content;
  /// The sending timestamp inside the message. It is no part of `content`; a copy sent earlier
  /// than the one held says something new of when a fact happened.
  std::optional<Instant> sent_at;
  /// Made in the same pass over the payload; the fold takes the facts out of it.
  std::shared_ptr<mapping::Mapped> mapped;
};

/// The push side: is this message the platform's, and what does the platform want to hear.
class PushVerifier {
 public:
  virtual ~PushVerifier() = default;

  /// `topic` is the decoded rest of the hook's path. kUnauthorized when the signature does not
  /// hold (message: the typed reason, e.g. "bad_signature", "missing_signature",
  /// "wrong_app_id"), kMalformed when there is nothing a signature could be checked on.
  [[nodiscard]] virtual Result<VerifiedPush> Verify(const net::Request& request,
                                                    std::string_view topic) const = 0;

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

/// A connector as the registry makes it: the roles it plays, null where it does not.
struct Connector {
  std::shared_ptr<const PushVerifier> pushes;
  std::shared_ptr<OrderSource> orders;
  std::shared_ptr<ReviewSource> reviews{};
  std::shared_ptr<MenuSource> menus{};
  std::shared_ptr<StoreSource> stores{};
};

}  // namespace weir::connectors
