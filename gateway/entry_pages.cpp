// SPDX-License-Identifier: Apache-2.0
#include "gateway/entry_pages.hpp"

#include <algorithm>
#include <utility>

namespace weir::gateway {
namespace {

using storage::Entry;
using storage::Position;

constexpr std::uint64_t kMaxLookedAt = 20'000;
constexpr std::uint64_t kWindow = 500;
constexpr std::size_t kScanBytes = 1U << 20;

bool IsAct(const storage::Envelope& envelope) {
  return envelope.kind == storage::EntryKind::kSetting || !envelope.request.empty();
}

bool Takes(const EntryFilter& filter, const storage::Envelope& envelope) {
  return envelope.merchant == filter.merchant &&
         (filter.connection.empty() || envelope.connection == filter.connection) &&
         (!filter.kind || envelope.kind == *filter.kind) && (!filter.only_acts || IsAct(envelope));
}

// Appends the filtered heads of [from, end), oldest first. Payloads are let go page by page: a
// window of large ones would not fit into memory. What retention takes away meanwhile is not there.
boost::asio::awaitable<Result<void>> ScanWindow(storage::Storage& storage,
                                                const EntryFilter& filter, std::uint64_t from,
                                                std::uint64_t end, std::vector<EntryHead>& heads) {
  while (from < end) {
    auto page = co_await storage.Scan({0, from}, end - from, kScanBytes);
    if (!page && page.error().kind == ErrorKind::kNotFound) co_return Result<void>();
    if (!page) co_return std::unexpected(page.error());
    if (page->empty()) co_return Result<void>();
    from = page->back().position.offset + 1;
    for (Entry& entry : *page) {
      if (entry.position.offset >= end || !Takes(filter, entry.envelope)) continue;
      heads.push_back({.position = entry.position,
                       .stamp = entry.stamp,
                       .envelope = std::move(entry.envelope),
                       .bytes = entry.payload.size(),
                       .payload = {}});
      const bool is_setting = heads.back().envelope.kind == storage::EntryKind::kSetting;
      if (filter.only_acts && is_setting) heads.back().payload = std::move(entry.payload);
    }
  }
  co_return Result<void>();
}

}  // namespace

// Newest first over a journal that reads forwards: windows from the end on, each reversed.
boost::asio::awaitable<Result<Page<EntryHead>>> ReadEntries(storage::Storage& storage,
                                                            EntryFilter filter,
                                                            std::optional<Position> before,
                                                            std::size_t limit) {
  const std::uint64_t begin = storage.journal_begin().offset;
  std::uint64_t end = storage.journal_end().offset + 1;
  if (before) end = std::min(end, before->offset);
  const std::uint64_t floor = std::max(begin, end - std::min(end, kMaxLookedAt));
  Page<EntryHead> page;
  while (end > floor && page.rows.size() < limit) {
    const std::uint64_t from = std::max(floor, end - std::min(end, kWindow));
    std::vector<EntryHead> window;
    auto scanned = co_await ScanWindow(storage, filter, from, end, window);
    if (!scanned) co_return std::unexpected(scanned.error());
    end = from;
    for (auto head = window.rbegin(); head != window.rend(); ++head) {
      if (page.rows.size() == limit) {
        end = page.rows.back().position.offset;
        break;
      }
      page.rows.push_back(std::move(*head));
    }
  }
  if (end > begin) page.next = Position{0, end};
  co_return page;
}

boost::asio::awaitable<Result<Page<storage::QuarantineRow>>> ReadQuarantine(
    storage::Storage& storage, EntryFilter filter, std::optional<Position> before,
    std::size_t limit) {
  const std::size_t at_once = filter.connection.empty() ? limit + 1 : kWindow;
  Page<storage::QuarantineRow> page;
  for (std::size_t looked_at = 0; looked_at < kMaxLookedAt; looked_at += at_once) {
    auto rows = co_await storage.ListQuarantine(filter.merchant, before, at_once);
    if (!rows) co_return std::unexpected(rows.error());
    for (storage::QuarantineRow& row : *rows) {
      if (!filter.connection.empty() && row.connection != filter.connection) continue;
      if (page.rows.size() == limit) {
        page.next = page.rows.back().position;
        co_return page;
      }
      page.rows.push_back(std::move(row));
    }
    if (rows->size() < at_once) co_return page;
    before = rows->back().position;
  }
  page.next = before;
  co_return page;
}

boost::asio::awaitable<Result<std::optional<storage::QuarantineRow>>> FindQuarantined(
    storage::Storage& storage, std::string merchant, Position position) {
  auto rows = co_await storage.ListQuarantine(std::move(merchant),
                                              Position{position.shard, position.offset + 1}, 1);
  if (!rows) co_return std::unexpected(rows.error());
  if (rows->empty() || rows->front().position != position) co_return std::nullopt;
  co_return std::move(rows->front());
}

}  // namespace weir::gateway
