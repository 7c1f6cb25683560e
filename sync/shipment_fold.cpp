// SPDX-License-Identifier: Apache-2.0
#include "sync/shipment_fold.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/digest.hpp"

namespace weir::sync {
namespace {

constexpr auto kKind = storage::RecordKind::kShipment;
/// A courier's number, "dada/2211220001", -> the shipment.
constexpr const char* kWaybillAlias = "waybill";
/// An order's id -> the shipment that carries it, as long as it is live.
constexpr const char* kLiveAlias = "live_shipment";

template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

std::string WaybillKey(const std::string& platform, const std::string& no) {
  return platform + "/" + no;
}

std::uint64_t RiderOf(const model::ShipmentState& state) {
  const model::TrackingNode* node = state.deciding();
  if (node == nullptr || (node->rider_name.empty() && node->rider_phone.empty())) return 0;
  return Checksum(node->rider_phone, Checksum(node->rider_name));
}

/// What readers are told of.
struct Standing {
  model::ShipmentStatus status = model::ShipmentStatus::kCreated;
  std::vector<model::ShipmentAlert> alerts;
};

Standing StandingOf(const model::ShipmentState& state) {
  return {.status = state.status(), .alerts = state.alerts()};
}

const char* ChangeType(const KeptRecord& record, const Standing& before, const Standing& after) {
  if (record.stamps.version == 0) return "shipment.created";
  const auto is_new = [&before](const model::ShipmentAlert& alert) {
    return std::ranges::find(before.alerts, alert) == before.alerts.end();
  };
  if (std::ranges::any_of(after.alerts, is_new)) return "shipment.alert";
  return before.status != after.status ? "shipment.status_changed" : "shipment.updated";
}

/// Plans for when time alone will have something to say.
void Watch(const KeptRecord& record, const FoldPoint& at, const model::ShipmentState& state,
           FoldBatch& batch) {
  const bool fresh = record.stamps.version == 0;
  const auto next = state.NextAlert(fresh ? at.stamp : record.stamps.created_at);
  if (next) {
    batch.Plan({.merchant = record.merchant,
                .kind = kShipmentAlertWork,
                .subject = record.id,
                .due_at = *next,
                .detail = record.connection,
                .cause = at.position});
  } else {
    batch.Done({record.merchant, kShipmentAlertWork, record.id});
  }
}

Projection Project(const model::ShipmentState& state, const char* type) {
  Projection now{.body = {},
                 .aside = {},
                 .tail = {},
                 .state = {},
                 .store = state.intent() != nullptr ? state.intent()->store : std::string(),
                 .platform_shop = {},
                 .status = std::string(Name(state.status())),
                 .display = state.platform_no(),
                 .sorted_at = {},
                 .type = type};
  state.AppendBody(now.body);
  state.AppendTail(now.tail);
  state.Encode(now.state);
  return now;
}

/// Files the record under its order while it is live; `was` says whether it stood there.
void KeepLive(const KeptRecord& record, bool was, bool is, FoldBatch& batch) {
  if (record.number.empty() || was == is) return;
  storage::AliasRow alias{
      .merchant = record.merchant, .kind = kLiveAlias, .key = record.number, .id = record.id};
  if (is) {
    batch.AddAlias(std::move(alias));
  } else {
    batch.DropAlias(std::move(alias));
  }
}

/// Files the record under each number of the courier's.
void KeepNumbers(const KeptRecord& record, const model::ShipmentFacts& facts, FoldBatch& batch) {
  const auto file = [&](const std::string& no) {
    if (no.empty()) return;
    batch.AddAlias({.merchant = record.merchant,
                    .kind = kWaybillAlias,
                    .key = WaybillKey(record.platform, no),
                    .id = record.id});
  };
  if (facts.look) file(facts.look->platform_no);
  for (const model::Waybill& waybill : facts.waybills) file(waybill.no);
}

}  // namespace

boost::asio::awaitable<void> ShipmentFold::Create(FoldPoint at, std::string id,
                                                  model::ShipmentIntent intent, FoldBatch& batch) {
  auto record = co_await FindKept(storage_, batch, kKind, at.merchant, id);
  if (!record) {
    record = KeptRecord{.kind = kKind,
                        .merchant = at.merchant,
                        .id = std::move(id),
                        .platform = {},
                        .connection = {},
                        .number = intent.order,
                        .state = {},
                        .unmapped_shop = {},
                        .trail = {}};
  }
  const std::string shipment = record->id;
  const Change create = [&intent](model::ShipmentState& state) { state.Create(intent); };
  Apply(*std::move(record), at, create, batch);
  if (!intent.order.empty()) co_await orders_.LinkShipment(at, intent.order, shipment, batch);
}

boost::asio::awaitable<void> ShipmentFold::Choose(FoldPoint at, std::string id,
                                                  model::ShipmentChoice choice, FoldBatch& batch) {
  const Change choose = [&choice](model::ShipmentState& state) { state.Choose(choice); };
  co_await ChangeKnown(std::move(at), std::move(id), choose, batch);
}

boost::asio::awaitable<void> ShipmentFold::Fail(FoldPoint at, std::string id,
                                                model::ShipmentFailure failure, FoldBatch& batch) {
  const Change fail = [&failure](model::ShipmentState& state) { state.Fail(failure); };
  co_await ChangeKnown(std::move(at), std::move(id), fail, batch);
}

boost::asio::awaitable<void> ShipmentFold::Answer(FoldPoint at, std::string id, bool agreed,
                                                  FoldBatch& batch) {
  const Change answer = [agreed](model::ShipmentState& state) { state.Answer(agreed); };
  co_await ChangeKnown(std::move(at), std::move(id), answer, batch);
}

boost::asio::awaitable<std::optional<ShipmentMove>> ShipmentFold::Merge(FoldPoint at,
                                                                        model::ShipmentFacts facts,
                                                                        FoldBatch& batch) {
  auto record = co_await Find(at.merchant, facts, batch);
  if (!record) {
    batch.rows().quarantined.push_back({.merchant = at.merchant,
                                        .position = at.position,
                                        .connection = at.connection,
                                        .topic = {},
                                        .reason = "unknown_shipment",
                                        .detail = "no shipment of this courier has its number",
                                        .at = at.stamp});
    co_return std::nullopt;
  }
  if (facts.look) facts.look->key.generation = generation_;
  at.effect = facts.effect;
  KeepNumbers(*record, facts, batch);
  const Change merge = [&facts](model::ShipmentState& state) { state.Merge(std::move(facts)); };
  co_return Apply(*std::move(record), at, merge, batch);
}

boost::asio::awaitable<void> ShipmentFold::RaiseAlerts(FoldPoint at, std::string id,
                                                       FoldBatch& batch) {
  auto record = co_await FindKept(storage_, batch, kKind, at.merchant, id);
  if (!record) {
    batch.Done({at.merchant, kShipmentAlertWork, id});
    co_return;
  }
  const Instant created_at = record->stamps.created_at;
  const Change raise = [&at, created_at](model::ShipmentState& state) {
    state.RaiseAlerts(created_at, at.stamp);
  };
  Apply(*std::move(record), at, raise, batch);
}

boost::asio::awaitable<std::string> ShipmentFold::LiveShipmentOf(std::string merchant,
                                                                 std::string order,
                                                                 std::string besides) const {
  // There may be two: one whose courier gave it back may seem to live again for a while, until all
  // that was said of it has come.
  constexpr std::size_t kMost = 16;
  auto found = OrThrow(
      co_await storage_.FindAlias(std::move(merchant), kLiveAlias, std::move(order), kMost));
  std::erase(found, besides);
  co_return found.empty() ? std::string() : std::move(found.front());
}

boost::asio::awaitable<std::optional<KeptRecord>> ShipmentFold::Find(
    std::string merchant, const model::ShipmentFacts& facts, const FoldBatch& batch) const {
  if (!facts.number.empty()) {
    auto record = co_await FindKept(storage_, batch, kKind, merchant, facts.number);
    if (record && record->platform == facts.platform) co_return record;
  }
  if (facts.waybill.empty()) co_return std::nullopt;
  const auto found = OrThrow(co_await storage_.FindAlias(
      merchant, kWaybillAlias, WaybillKey(facts.platform, facts.waybill), 1));
  if (found.empty()) co_return std::nullopt;
  co_return co_await FindKept(storage_, batch, kKind, std::move(merchant), found.front());
}

boost::asio::awaitable<void> ShipmentFold::ChangeKnown(FoldPoint at, std::string id, Change change,
                                                       FoldBatch& batch) {
  auto record = co_await FindKept(storage_, batch, kKind, at.merchant, id);
  if (!record) throw std::runtime_error("there is no shipment " + id);
  Apply(*std::move(record), at, change, batch);
}

ShipmentMove ShipmentFold::Apply(KeptRecord record, const FoldPoint& at, const Change& change,
                                 FoldBatch& batch) {
  auto state = StateOf<model::ShipmentState>(record);
  const Standing before = StandingOf(state);
  const bool was_live = record.stamps.version > 0 && state.live();
  const std::uint64_t rider_before = RiderOf(state);
  change(state);
  if (const auto* choice = state.choice()) {
    record.platform = choice->platform;
    record.connection = choice->connection;
  }
  KeepLive(record, was_live, state.live(), batch);
  Watch(record, at, state, batch);
  const Standing after = StandingOf(state);
  ShipmentMove move{.id = record.id,
                    .order = record.number,
                    .rider_before = rider_before,
                    .rider_now = RiderOf(state),
                    .before = before.status,
                    .now = after.status};
  Projection now = Project(state, ChangeType(record, before, after));
  Settle(std::move(record), at, std::move(now), batch);
  return move;
}

}  // namespace weir::sync
