// SPDX-License-Identifier: Apache-2.0
#include "sync/erasure_plan.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "model/erasing.hpp"
#include "sync/order_record.hpp"
#include "sync/requests.hpp"
#include "sync/residue.hpp"
#include "sync/review_fold.hpp"

namespace weir::sync {
namespace {

using boost::asio::awaitable;
using model::Effect;
using storage::EntryKind;
using storage::Position;

constexpr std::size_t kPage = 500;

/// What entries did to one order, by offset; of one that speaks of it twice, in that order.
using Effects = std::map<std::uint64_t, std::vector<Effect>>;

constexpr const char* kReviewMark = "review ";

/// From where on a trail tells all: a full one has lost its beginning.
std::uint64_t KnownFrom(const std::vector<TrailItem>& trail) {
  return trail.size() < kMaxTrail ? 0 : trail.front().offset;
}

class Planner {
 public:
  Planner(storage::Storage& storage, const Mappers& mappers, ErasureTarget target)
      : storage_(storage), mappers_(mappers), target_(std::move(target)) {
    erasure_.merchant = target_.merchant;
    erasure_.subjects = target_.orders;
    erasure_.subjects.insert(target_.reviews.begin(), target_.reviews.end());
    erasure_.refusals = target_.refusals;
  }

  awaitable<Result<storage::Erasure>> Run() {
    for (const std::string& id : target_.orders) {
      if (auto planned = co_await PlanOrder(id); !planned) {
        co_return std::unexpected(planned.error());
      }
    }
    for (const std::string& id : target_.reviews) {
      if (auto planned = co_await PlanReview(id); !planned) {
        co_return std::unexpected(planned.error());
      }
    }
    for (const Position position : target_.entries) {
      if (auto planned = co_await PlanEntry(position); !planned) {
        co_return std::unexpected(planned.error());
      }
    }
    co_return std::move(erasure_);
  }

 private:
  awaitable<Result<void>> PlanOrder(std::string id);
  awaitable<Result<void>> PlanReview(std::string id);
  awaitable<Result<void>> PlanEntry(Position position);
  awaitable<Result<void>> PlanOutcome(const storage::Entry& entry);
  awaitable<Result<std::string>> BodyOfOrder(const OrderRecord& record);
  /// What the feed says of a record, erased.
  awaitable<Result<void>> PlanChanges(std::string id, std::vector<TrailItem> trail);
  awaitable<Result<Effects>> EffectsOf(const OrderRecord& record);
  awaitable<Result<void>> JudgeUnpublished(const OrderRecord& record, std::size_t count,
                                           Effects& effects);
  awaitable<Result<std::optional<storage::Entry>>> ReadEntry(Position position);
  [[nodiscard]] std::string ResidueOf(const storage::Entry& entry);
  void EraseFacts(Position position, mapping::Mapped& mapped);
  /// What the entry did to a record that its facts are the `nth` about; nothing where that is not
  /// known.
  [[nodiscard]] std::optional<Effect> EffectOf(Position position, const std::string& id,
                                               std::size_t nth) const;

  /// What is known of an order or a review whose entries are to be judged.
  struct Past {
    Effects effects;
    std::uint64_t known_from = 0;  ///< What stands before has no trail any more.
    std::string display_alias;
  };

  storage::Storage& storage_;
  const Mappers& mappers_;
  const ErasureTarget target_;
  /// Of those in the view, by id, a review's behind kReviewMark: numbers of the two may be equal.
  std::map<std::string, Past> pasts_;
  storage::Erasure erasure_;
};

awaitable<Result<void>> Planner::PlanOrder(std::string id) {
  auto row = co_await storage_.Read(storage::RecordKind::kOrder, target_.merchant, id);
  if (!row) co_return std::unexpected(row.error());
  // It is not folded yet: its entries alone tell of it.
  if (!*row) co_return Result<void>{};
  const std::string store = (*row)->columns.store;
  auto record = FromRow(**std::move(row));
  if (!record) co_return std::unexpected(record.error());

  auto effects = co_await EffectsOf(*record);
  if (!effects) co_return std::unexpected(effects.error());
  pasts_[id] = {.effects = *std::move(effects),
                .known_from = KnownFrom(record->trail),
                .display_alias = record->display_alias};
  if (auto planned = co_await PlanChanges(id, record->trail); !planned) co_return planned;
  record->state.Erase();
  const auto body = co_await BodyOfOrder(*record);
  if (!body) co_return std::unexpected(body.error());
  record->body_sum = Checksum(*body);
  std::string state;
  record->state.Encode(state);
  erasure_.records.push_back(ToRow(*record, store, std::move(state)));
  co_return Result<void>{};
}

// What was looked up when the order was last projected may have changed since; what was published
// shows it.
awaitable<Result<std::string>> Planner::BodyOfOrder(const OrderRecord& record) {
  std::string body;
  if (record.published_seq == 0) {
    record.state.AppendBody(body, record.identity, {});
    co_return body;
  }
  const auto published =
      co_await storage_.ReadPublished(storage::RecordKind::kOrder, record.merchant, record.id);
  if (!published) co_return std::unexpected(published.error());
  std::string erased;
  if (*published && model::AppendErased(erased, (*published)->json)) {
    body = model::BodyOf(erased, record.identity, record.stamps);
  }
  if (!body.empty()) co_return body;
  co_return Fail(ErrorKind::kInternal,
                 "what was published of order " + record.id + " cannot be taken apart");
}

// A review is published from its first entry on, so its trail tells all.
awaitable<Result<void>> Planner::PlanReview(std::string id) {
  auto row = co_await storage_.Read(storage::RecordKind::kReview, target_.merchant, id);
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return Result<void>{};
  const auto trail = DecodeTrail((*row)->trail);
  Past& past = pasts_[kReviewMark + id];
  past.known_from = KnownFrom(trail);
  for (const TrailItem& item : trail) {
    past.effects[item.offset].push_back(item.seq != 0 ? Effect::kVersion : Effect::kState);
  }
  if (auto planned = co_await PlanChanges(id, trail); !planned) co_return planned;
  auto erased = ErasedReview(**std::move(row));
  if (!erased) co_return std::unexpected(erased.error());
  erasure_.records.push_back(*std::move(erased));
  co_return Result<void>{};
}

awaitable<Result<void>> Planner::PlanChanges(std::string id, std::vector<TrailItem> trail) {
  std::vector<std::uint64_t> seqs;
  for (const TrailItem& item : trail) {
    if (item.seq != 0) seqs.push_back(item.seq);
  }
  auto changes = co_await storage_.ReadChangesAt(target_.merchant, std::move(seqs));
  if (!changes) co_return std::unexpected(changes.error());
  // A full trail has lost its beginning: then the whole feed is looked through.
  std::uint64_t after = 0;
  while (trail.size() >= kMaxTrail) {
    auto page = co_await storage_.ReadChanges(target_.merchant, after, kPage, {});
    if (!page) co_return std::unexpected(page.error());
    std::ranges::move(page->changes, std::back_inserter(*changes));
    if (page->next == after || page->changes.empty()) break;
    after = page->next;
  }
  std::erase_if(*changes, [&](const auto& change) { return change.subject != id; });
  for (storage::ChangeRow& change : *changes) {
    std::string erased;
    if (!model::AppendErased(erased, change.data)) {
      co_return Fail(ErrorKind::kInternal, "change " + change.Id() + " cannot be taken apart");
    }
    change.data = std::move(erased);
  }
  std::ranges::move(*changes, std::back_inserter(erasure_.changes));
  co_return Result<void>{};
}

awaitable<Result<Effects>> Planner::EffectsOf(const OrderRecord& record) {
  Effects effects;
  std::size_t unpublished = 0;
  bool published = false;
  for (const TrailItem& item : record.trail) {
    published = published || item.seq != 0;
    if (!published) ++unpublished;
    effects[item.offset].push_back(item.seq != 0 ? Effect::kVersion : Effect::kState);
  }
  auto judged = co_await JudgeUnpublished(record, unpublished, effects);
  if (!judged) co_return std::unexpected(judged.error());
  co_return effects;
}

// Before an order is published its trail does not tell which entries raised the version: its first
// entries are merged once more. Nothing is looked up for a partial record.
awaitable<Result<void>> Planner::JudgeUnpublished(const OrderRecord& record, std::size_t count,
                                                  Effects& effects) {
  model::OrderState state;
  auto identity = record.identity;
  identity.connection.clear();
  std::optional<std::string> before;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t offset = record.trail[i].offset;
    if (i > 0 && record.trail[i - 1].offset == offset) continue;
    const auto entry = co_await ReadEntry({.offset = offset});
    if (!entry) co_return std::unexpected(entry.error());
    const auto mapped = *entry ? MapEntry(mappers_, **entry) : nullptr;
    if (!mapped) continue;
    const std::string& connection = (*entry)->envelope.connection;
    if (identity.connection.empty() || connection < identity.connection) {
      identity.connection = connection;
    }
    std::size_t nth = 0;
    for (model::OrderFacts& facts : mapped->orders) {
      if (PlatformRecordId(facts.platform, facts.platform_order_id) != record.id) continue;
      const auto known = facts.effect;
      state.Merge(std::move(facts));
      std::string body;
      state.AppendBody(body, identity, {});
      auto& judged = effects[offset];
      if (nth < judged.size() && judged[nth] == Effect::kState) {
        judged[nth] = known.value_or(body != before ? Effect::kVersion : Effect::kState);
      }
      before = std::move(body);
      ++nth;
    }
  }
  co_return Result<void>{};
}

awaitable<Result<std::optional<storage::Entry>>> Planner::ReadEntry(Position position) {
  if (position < storage_.journal_begin()) co_return std::nullopt;
  auto page = co_await storage_.Scan(position, 1, 1);
  if (!page) co_return std::unexpected(page.error());
  if (page->empty()) co_return std::nullopt;
  co_return std::move(page->front());
}

awaitable<Result<void>> Planner::PlanEntry(Position position) {
  const auto entry = co_await ReadEntry(position);
  if (!entry) co_return std::unexpected(entry.error());
  if (!*entry) {
    // It lies beside the journal, and nothing folds it any more.
    erasure_.residues[position];
    co_return Result<void>{};
  }
  if ((*entry)->envelope.kind == EntryKind::kRequest) co_return co_await PlanOutcome(**entry);
  erasure_.residues[position] = ResidueOf(**entry);
  co_return Result<void>{};
}

std::string Planner::ResidueOf(const storage::Entry& entry) {
  auto mapped = MapEntry(mappers_, entry);
  EraseFacts(entry.position, *mapped);
  auto residue = EncodeResidue(*mapped);
  if (entry.envelope.kind != EntryKind::kRedrive) return residue;
  auto redriven = DecodeRedriven(entry.payload);
  if (!redriven) return residue;
  redriven->payload = std::move(residue);
  return EncodeRedriven(*redriven);
}

void Planner::EraseFacts(Position position, mapping::Mapped& mapped) {
  std::map<std::string, std::size_t> times;
  for (model::OrderFacts& facts : mapped.orders) {
    const auto meant = std::ranges::find_if(target_.orders, [&](const std::string& id) {
      if (!facts.platform_order_id.empty()) {
        return id == PlatformRecordId(facts.platform, facts.platform_order_id);
      }
      const auto past = pasts_.find(id);
      return (past != pasts_.end() && past->second.display_alias == facts.platform_display_id) ||
             id == PlatformRecordId(facts.platform, facts.platform_display_id);
    });
    if (meant == target_.orders.end()) continue;
    model::Erase(facts);
    const auto nth = times[*meant]++;
    if (!facts.effect) facts.effect = EffectOf(position, *meant, nth);
  }
  for (model::ReviewFacts& facts : mapped.reviews) {
    const std::string id = PlatformRecordId(facts.platform, facts.platform_review_id);
    if (!target_.reviews.contains(id)) continue;
    model::Erase(facts);
    const auto nth = times[kReviewMark + id]++;
    if (!facts.effect) facts.effect = EffectOf(position, kReviewMark + id, nth);
  }
}

std::optional<Effect> Planner::EffectOf(Position position, const std::string& id,
                                        std::size_t nth) const {
  const auto past = pasts_.find(id);
  const bool unknown = past == pasts_.end() || position > storage_.view_position() ||
                       position.offset < past->second.known_from;
  if (unknown) return std::nullopt;
  const auto did = past->second.effects.find(position.offset);
  const bool touched = did != past->second.effects.end() && nth < did->second.size();
  return touched ? did->second[nth] : Effect::kNone;
}

awaitable<Result<void>> Planner::PlanOutcome(const storage::Entry& entry) {
  const auto residue = WithoutBody(entry.payload);
  erasure_.residues[entry.position] = residue;
  const auto payload = nlohmann::json::parse(residue, nullptr, false);
  if (!payload.is_object()) co_return Result<void>{};
  auto work = co_await storage_.FindWork(
      {entry.envelope.merchant, kRequestOutcomeWork, payload.value("of", "")});
  if (!work) co_return std::unexpected(work.error());
  if (!*work || (*work)->cause != entry.position) co_return Result<void>{};
  (*work)->detail = residue;
  erasure_.works.push_back(**std::move(work));
  co_return Result<void>{};
}

}  // namespace

awaitable<Result<storage::Erasure>> PlanErasure(storage::Storage& storage, const Mappers& mappers,
                                                ErasureTarget target) {
  co_return co_await Planner(storage, mappers, std::move(target)).Run();
}

}  // namespace weir::sync
