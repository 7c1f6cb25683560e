// SPDX-License-Identifier: Apache-2.0
#include "sync/errands.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "sync/connection_settings.hpp"

namespace weir::sync {
namespace {

constexpr std::size_t kReadsPerStep = 64;
constexpr std::size_t kLookedAt = 4 * kReadsPerStep;
constexpr std::size_t kMostLookedAt = 100'000;
constexpr std::chrono::seconds kAnewAfter{1};
constexpr std::array<std::chrono::seconds, 5> kReadAgainAfter = {
    std::chrono::seconds(5), std::chrono::seconds(30), std::chrono::seconds(120),
    std::chrono::seconds(600), std::chrono::seconds(3600)};

}  // namespace

Rereads::Rereads(storage::Storage& storage, Ingest& ingest, FindOrderReader readers,
                 const Clock& clock, Random& random)
    : storage_(storage),
      ingest_(ingest),
      readers_(std::move(readers)),
      clock_(clock),
      random_(random) {}

boost::asio::awaitable<bool> Rereads::ReadOne(storage::WorkRow work) {
  const std::shared_ptr<const OrderReader> reader = readers_(work.merchant, work.detail);
  if (!reader || !reader->orders) co_return false;
  // The canonical id is "<platform>-<its id>"; the platform's id is asked for.
  auto record = co_await storage_.Read(storage::RecordKind::kOrder, work.merchant, work.subject);
  if (!record || !*record) co_return false;
  auto item = co_await reader->orders->GetOrder((*record)->columns.number);
  if (!item && TellsOfConnection(item.error().kind)) co_return false;
  if (!item) {
    spdlog::warn("event=reread_failed connection={} order={} kind={} code={}", work.detail,
                 work.subject, Name(item.error().kind), item.error().remote_code);
    co_return false;
  }
  auto stored = co_await ingest_.Pulled({.merchant = work.merchant,
                                         .connection = work.detail,
                                         .platform = reader->platform,
                                         .topic = {},
                                         .request = {},
                                         .received_at = {}},
                                        std::move(*item));
  co_return stored.has_value();
}

// A long backlog of a paused connection must not hide what others wait for: then more is looked at.
boost::asio::awaitable<Result<std::vector<storage::WorkRow>>> Rereads::Due() {
  std::map<std::string, bool> paused;
  for (std::size_t limit = kLookedAt;; limit *= 8) {
    auto due = co_await storage_.DueWork("reread", clock_.Now(), limit);
    if (!due) co_return std::unexpected(due.error());
    const bool all = due->size() < limit;
    std::vector<storage::WorkRow> open;
    for (storage::WorkRow& work : *due) {
      const std::string key = work.merchant + "/" + work.detail;
      if (!paused.contains(key)) {
        const auto is_paused = co_await IsPaused(storage_, work.merchant, work.detail);
        if (!is_paused) co_return std::unexpected(is_paused.error());
        paused[key] = *is_paused;
      }
      if (!paused[key] && open.size() < kLookedAt) open.push_back(std::move(work));
    }
    if (all || open.size() == kLookedAt || limit >= kMostLookedAt) co_return open;
  }
}

boost::asio::awaitable<Result<std::size_t>> Rereads::Step() {
  auto due = co_await Due();
  if (!due) co_return std::unexpected(due.error());
  std::map<std::string, Tries> still_due;
  std::size_t stored = 0;
  std::size_t asked = 0;
  for (storage::WorkRow& work : *due) {
    const std::string key = work.merchant + "/" + work.subject;
    const auto known = tries_.find(key);
    Tries tries = known == tries_.end() ? Tries{.cause = work.cause} : known->second;
    if (tries.cause != work.cause) {
      // The wish before was answered: this one is another, with tries of its own.
      tries = {.cause = work.cause,
               .not_before = std::min(tries.not_before, clock_.Monotonic() + kAnewAfter)};
    }
    if (asked < kReadsPerStep && clock_.Monotonic() >= tries.not_before) {
      ++asked;
      if (co_await ReadOne(std::move(work))) ++stored;
      // An answer is not yet folded, and may still be degraded: either way, not again at once.
      const auto pause = kReadAgainAfter[std::min(tries.count, kReadAgainAfter.size() - 1)];
      tries.not_before = clock_.Monotonic() + WithJitter(pause, random_);
      ++tries.count;
    }
    still_due.emplace(key, tries);
  }
  tries_ = std::move(still_due);
  co_return stored;
}

boost::asio::awaitable<Result<std::size_t>> Republisher::Step() {
  if (storage_.view_position() < last_) co_return std::size_t{0};
  auto due = co_await storage_.DueWork("republish", Instant::max(), 1);
  if (!due) co_return std::unexpected(due.error());
  if (due->empty()) co_return std::size_t{0};
  const storage::WorkRow& work = due->front();
  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope.kind = storage::EntryKind::kRepublish;
  entries[0].envelope.merchant = work.merchant;
  entries[0].envelope.connection = work.detail;
  entries[0].payload = nlohmann::json{{"unmapped_store", work.subject}}.dump();
  auto position = co_await storage_.Append(std::move(entries));
  if (!position) co_return std::unexpected(position.error());
  last_ = *position;
  co_return std::size_t{1};
}

}  // namespace weir::sync
