// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/douyin/book.hpp"
#include "simulators/douyin/life.hpp"
#include "simulators/douyin/options.hpp"
#include "simulators/douyin/snapshot.hpp"
#include "simulators/form.hpp"
#include "simulators/shelves.hpp"

/// The calls below /goodlife/v1, behind token and limits.
namespace weir::simulators::douyin {

// Error codes (protocol notes A3).
namespace code {
inline constexpr int kBadArgument = 2100005;
inline constexpr int kBadToken = 2190002;
inline constexpr int kExpiredToken = 2190008;
inline constexpr int kTooOften = 2119003;
inline constexpr int kNotAuthorised = 2119005;
inline constexpr int kRefused = 5000001;
inline constexpr int kUseCursor = 4000002;
inline constexpr int kNoSuchOrder = 3100101;
inline constexpr int kUnreadable = 200002;
inline constexpr int kNoSuchCoupon = 1212;
inline constexpr int kNotDecrypted = 1221;
inline constexpr int kNothingLeft = 1263;
inline constexpr int kCodeMissing = 1502;
inline constexpr int kNothingNamed = 4000001;
inline constexpr int kCodeExpired = 45005117;
// sub_error_code
inline constexpr int kOrderMissing = 20000;
inline constexpr int kWrongState = 20001;
inline constexpr int kProductMissing = 20002;
inline constexpr int kPoiMissing = 20003;
}  // namespace code

struct Failure {
  int code = 0;
  std::string_view text;
  int sub = 0;
};

/// What a call brought, from its query or its JSON body: every plain value as text.
class Arguments {
 public:
  /// nullopt when the body is no JSON object.
  [[nodiscard]] static std::optional<Arguments> Of(const HttpCall& call);

  /// nullptr without one.
  [[nodiscard]] const std::string* Find(std::string_view name) const {
    return simulators::Find(fields_, name);
  }
  [[nodiscard]] std::string TextOf(std::string_view name) const;  ///< Empty without one.
  [[nodiscard]] std::optional<std::int64_t> NumberOf(std::string_view name) const;
  /// A list, whether it is repeated, joined by commas or an array.
  [[nodiscard]] std::vector<std::string> ListOf(std::string_view name) const;
  /// The body; null for a query.
  [[nodiscard]] const nlohmann::json& body() const { return body_; }

 private:
  Fields fields_;
  nlohmann::json body_;
};

/// What a call works with.
struct Call {
  const Arguments& arguments;
  Instant now;
  const Options& options;
  OrderBook& book;
  Life& life;
  Random& random;
  Shelves& shelves;
};

/// A JSON object whose members stand in the answer's `data`.
using Outcome = std::expected<std::string, Failure>;

struct Action {
  std::string_view method;
  std::string_view path;  ///< Behind /goodlife/v1/, without the last slash.
  Outcome (*run)(const Call& call) = nullptr;
  bool queries_orders = false;  ///< Under the lower limit.
};

/// nullptr when there is no such call.
[[nodiscard]] const Action* FindAction(std::string_view method, std::string_view path);

// What the files of actions share.
inline constexpr std::string_view kNothing = "{}";
/// The takeaway that order_id names.
[[nodiscard]] std::expected<Order*, Failure> OrderOf(const Call& call);
[[nodiscard]] Reader ReaderOf(const Call& call);
/// `done`, or that the order's state does not allow it.
[[nodiscard]] Outcome NothingOr(bool done);

/// A part of a list that is read by cursor ("0" at first).
struct Slice {
  std::size_t first = 0;
  std::size_t last = 0;  ///< Behind the last one; the next cursor.
};
/// nullopt for a cursor or a count that cannot be; `size` names the count's argument.
[[nodiscard]] std::optional<Slice> SliceOf(const Call& call, std::string_view size,
                                           std::int64_t largest, std::size_t all);

// Orders.
Outcome QueryOrders(const Call& call);
Outcome QueryCateringOrders(const Call& call);
Outcome QueryTakeaways(const Call& call);
Outcome QueryMeals(const Call& call);
Outcome ConfirmOrder(const Call& call);
Outcome RejectOrder(const Call& call);
Outcome MealReady(const Call& call);
Outcome SyncRider(const Call& call);
Outcome ApplyRefund(const Call& call);
Outcome AuditRefund(const Call& call);
Outcome QueryLedger(const Call& call);

// Coupons.
Outcome PrepareCoupons(const Call& call);
Outcome VerifyCoupons(const Call& call);
Outcome CancelVerification(const Call& call);
Outcome GetCertificate(const Call& call);
Outcome QueryCertificates(const Call& call);
Outcome QueryVerifyRecords(const Call& call);

// Everything else.
Outcome QueryGoods(const Call& call);
Outcome GetGoods(const Call& call);
Outcome ListDishes(const Call& call);
Outcome OperateGoods(const Call& call);
Outcome SyncStock(const Call& call);
Outcome QueryComments(const Call& call);
Outcome ReplyComment(const Call& call);
Outcome QueryScores(const Call& call);
Outcome QueryShops(const Call& call);
Outcome CreateMatchTask(const Call& call);
Outcome ViewMatchTask(const Call& call);
Outcome SaveAcceptStatus(const Call& call);
Outcome GetDeliveryInfo(const Call& call);
Outcome DecryptBatch(const Call& call);

}  // namespace weir::simulators::douyin
