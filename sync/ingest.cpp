// SPDX-License-Identifier: Apache-2.0
#include "sync/ingest.hpp"

#include <utility>

namespace weir::sync {
namespace {

// Copies come over the same connection and topic; the digest of their content is spread already.
ContentDigest DedupeKey(const PushOrigin& origin, const ContentDigest& content) {
  return {.high = content.high ^ Checksum(origin.topic, Checksum(origin.connection)),
          .low = content.low};
}

storage::NewEntry MakeEntry(storage::EntryKind kind, PushOrigin origin, std::string dialect,
                            std::string payload, std::shared_ptr<mapping::Mapped> mapped) {
  return {.envelope = {.kind = kind,
                       .merchant = std::move(origin.merchant),
                       .connection = std::move(origin.connection),
                       .platform = std::move(origin.platform),
                       .dialect = std::move(dialect),
                       .topic = std::move(origin.topic),
                       .request = std::move(origin.request),
                       .received_at = origin.received_at},
          .payload = std::move(payload),
          .attachment = std::move(mapped)};
}

}  // namespace

Ingest::Ingest(storage::Storage& storage, const Clock& clock, const Backpressure& backpressure,
               Dedupe::Options dedupe)
    : storage_(storage), backpressure_(backpressure), dedupe_(clock, dedupe) {}

boost::asio::awaitable<Result<Ingest::Outcome>> Ingest::Push(PushOrigin origin,
                                                             connectors::VerifiedPush push) {
  if (const char* why = backpressure_.Refusal()) {
    counters_.held_back.fetch_add(1, std::memory_order_relaxed);
    Error error{.kind = ErrorKind::kRateLimited, .message = std::string("held back: ") + why};
    error.retry_after = std::chrono::seconds(5);
    co_return std::unexpected(std::move(error));
  }
  const ContentDigest key = DedupeKey(origin, push.content);
  const Dedupe::Verdict verdict = dedupe_.Admit(key, push.sent_at);
  if (verdict != Dedupe::Verdict::kFirst) {
    if (verdict == Dedupe::Verdict::kInFlight) {
      if (auto stored = co_await dedupe_.Wait(key); !stored) {
        co_return std::unexpected(stored.error());
      }
    }
    counters_.duplicates.fetch_add(1, std::memory_order_relaxed);
    co_return Outcome::kDuplicate;
  }
  std::vector<storage::NewEntry> entries;
  entries.push_back(MakeEntry(storage::EntryKind::kPush, std::move(origin), std::move(push.dialect),
                              std::move(push.payload), std::move(push.mapped)));
  auto position = co_await storage_.Append(std::move(entries));
  dedupe_.Settle(key, position ? Result<void>{} : std::unexpected(position.error()));
  if (!position) {
    counters_.failed.fetch_add(1, std::memory_order_relaxed);
    co_return std::unexpected(position.error());
  }
  counters_.stored.fetch_add(1, std::memory_order_relaxed);
  co_return Outcome::kStored;
}

boost::asio::awaitable<Result<storage::Position>> Ingest::Pulled(PushOrigin origin,
                                                                 connectors::PulledItem item) {
  origin.topic = std::move(item.topic);
  origin.received_at = item.asked_at;
  std::vector<storage::NewEntry> entries;
  entries.push_back(MakeEntry(storage::EntryKind::kPulled, std::move(origin),
                              std::move(item.dialect), std::move(item.payload), nullptr));
  co_return co_await storage_.Append(std::move(entries));
}

boost::asio::awaitable<Result<storage::Position>> Ingest::Window(std::string merchant,
                                                                 PulledWindow window) {
  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope.kind = storage::EntryKind::kWindow;
  entries[0].envelope.merchant = std::move(merchant);
  entries[0].envelope.connection = window.connection;
  entries[0].envelope.topic = Name(window.feed);
  entries[0].envelope.received_at = window.to;
  entries[0].payload = EncodeWindow(window);
  co_return co_await storage_.Append(std::move(entries));
}

}  // namespace weir::sync
