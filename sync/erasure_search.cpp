// SPDX-License-Identifier: Apache-2.0
#include "sync/erasure_search.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "sync/order_record.hpp"
#include "sync/requests.hpp"
#include "sync/trail.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;
using storage::EntryKind;

constexpr std::size_t kPage = 500;
constexpr std::size_t kScanBytes = 4U << 20;
/// Shorter numbers come about by chance.
constexpr std::size_t kTellingWord = 6;

bool HoldsOne(const std::set<std::string>& words, std::string_view text) {
  return std::ranges::any_of(
      words, [text](const std::string& word) { return text.find(word) != std::string_view::npos; });
}

std::string NumberOf(const std::string& id) {
  const auto mark = id.find('-');
  std::string number;
  const bool decodes = mark != std::string::npos &&
                       AppendPercentDecoded(number, std::string_view(id).substr(mark + 1), false);
  return decodes ? number : std::string();
}

/// Whether a number looks the same however a payload encodes it, and says enough.
bool IsTelling(std::string_view number) {
  return number.size() >= kTellingWord && PercentEncode(number) == number;
}

}  // namespace

std::string EncodeTarget(const ErasureTarget& target) {
  json entries = json::array();
  for (const storage::Position position : target.entries) entries.push_back(position.ToText());
  return json{{"merchant", target.merchant},
              {"orders", target.orders},
              {"reviews", target.reviews},
              {"entries", std::move(entries)},
              {"refusals", target.refusals}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ErasureTarget> DecodeTarget(std::string_view text) {
  try {
    const json in = json::parse(text);
    ErasureTarget target{.merchant = in.at("merchant"),
                         .orders = in.at("orders"),
                         .reviews = in.value("reviews", std::set<std::string>()),
                         .entries = {},
                         .refusals = in.at("refusals")};
    for (const json& entry : in.at("entries")) {
      const auto position = storage::Position::Parse(entry.get<std::string>());
      if (!position) return Fail(ErrorKind::kMalformed, "not a position of the journal");
      target.entries.insert(*position);
    }
    return target;
  } catch (const json::exception&) {
    return Fail(ErrorKind::kMalformed, "not what an erasure noted down");
  }
}

storage::NewEntry ErasureEntry(const ErasureTarget& target, Instant now) {
  storage::NewEntry entry;
  entry.envelope.kind = EntryKind::kRequest;
  entry.envelope.merchant = target.merchant;
  entry.envelope.request = EncodeAsked({.call = kEraseCall});
  entry.envelope.received_at = now;
  entry.payload =
      json{{"kind", "erasure"}, {"orders", target.orders}, {"reviews", target.reviews}}.dump(
          -1, ' ', false, json::error_handler_t::replace);
  return entry;
}

std::string PlainPhone(std::string_view text) {
  constexpr std::string_view kCountry = "86";
  constexpr std::size_t kMobile = 11;
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c != ' ' && c != '-' && c != '+') {
      return {};
    }
  }
  if (digits.size() == kMobile + kCountry.size() && digits.starts_with(kCountry)) {
    digits.erase(0, kCountry.size());
  }
  return digits.size() >= kTellingWord ? digits : std::string();
}

ErasureSearch::ErasureSearch(storage::Storage& storage, const Mappers& mappers,
                             ErasureTarget target)
    : storage_(storage), mappers_(mappers), target_(std::move(target)) {}

void ErasureSearch::AddOrder(std::string id) { target_.orders.insert(std::move(id)); }

void ErasureSearch::AddReview(std::string id) { target_.reviews.insert(std::move(id)); }

void ErasureSearch::AddPhone(std::string phone) { phones_.insert(std::move(phone)); }

// Entries may name orders of that customer which the view shows under another number; of those all
// entries are wanted, too.
boost::asio::awaitable<Result<void>> ErasureSearch::Run() {
  if (!phones_.empty()) {
    if (auto found = co_await FindByPhone(); !found) co_return found;
  }
  std::size_t known = 0;
  do {
    known = target_.orders.size() + target_.reviews.size();
    if (auto learnt = co_await LearnOrders(); !learnt) co_return learnt;
    if (auto found = co_await FindReviews(); !found) co_return found;
    if (auto learnt = co_await LearnReviews(); !learnt) co_return learnt;
    if (auto scanned = co_await ScanJournal(); !scanned) co_return scanned;
  } while (known != target_.orders.size() + target_.reviews.size());
  std::erase_if(mentions_, [this](const auto& item) {
    return target_.orders.contains(item.first) || target_.reviews.contains(item.first);
  });
  if (missing_.empty()) co_return Result<void>{};
  const std::string& id = *missing_.begin();
  co_return Fail(ErrorKind::kNotFound, "merchant '" + target_.merchant + "' has no " +
                                           (target_.reviews.contains(id) ? "review" : "order") +
                                           " '" + id + "'");
}

boost::asio::awaitable<Result<void>> ErasureSearch::FindByPhone() {
  storage::ListQuery query{.merchant = target_.merchant, .limit = kPage};
  for (bool more = true; more;) {
    auto page = co_await storage_.List(query);
    if (!page) co_return std::unexpected(page.error());
    for (const storage::Published& order : page->records) {
      const json record = json::parse(order.json, nullptr, false);
      if (!record.is_object()) continue;
      const auto customer = record.find("customer");
      if (customer == record.end() || !customer->is_object()) continue;
      if (IsPhone(customer->value("phone", ""))) target_.orders.insert(order.id);
    }
    more = page->more && !page->records.empty();
    if (more) query.behind = {page->records.back().sorted_at, page->records.back().id};
  }
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> ErasureSearch::LearnOrders() {
  for (const std::string& id : target_.orders) {
    if (!learnt_.insert(id).second) continue;
    Learn(NumberOf(id));
    auto row = co_await storage_.Read(storage::RecordKind::kOrder, target_.merchant, id);
    if (!row) co_return std::unexpected(row.error());
    if (!*row) {
      missing_.insert(id);
      continue;
    }
    const auto record = FromRow(**std::move(row));
    if (!record) co_return std::unexpected(record.error());
    for (const TrailItem& item : record->trail) trail_.insert(item.offset);
    if (record->display_alias.empty()) continue;
    Learn(record->display_alias);
    displays_[record->identity.platform + "/" + record->display_alias] = id;
  }
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> ErasureSearch::FindReviews() {
  storage::ListQuery query{
      .kind = storage::RecordKind::kReview, .merchant = target_.merchant, .limit = kPage};
  for (bool more = true; more;) {
    auto page = co_await storage_.List(query);
    if (!page) co_return std::unexpected(page.error());
    for (const storage::Published& review : page->records) {
      const json record = json::parse(review.json, nullptr, false);
      const json order = record.is_object() ? record.value("order", json()) : json();
      const bool meant = order.is_string() && target_.orders.contains(order.get<std::string>());
      if (meant) target_.reviews.insert(review.id);
    }
    more = page->more && !page->records.empty();
    if (more) query.behind = {page->records.back().sorted_at, page->records.back().id};
  }
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> ErasureSearch::LearnReviews() {
  for (const std::string& id : target_.reviews) {
    if (!learnt_.insert("review " + id).second) continue;
    Learn(NumberOf(id));
    const auto row = co_await storage_.Read(storage::RecordKind::kReview, target_.merchant, id);
    if (!row) co_return std::unexpected(row.error());
    if (!*row) {
      missing_.insert(id);
      continue;
    }
    for (const TrailItem& item : DecodeTrail((*row)->trail)) trail_.insert(item.offset);
  }
  co_return Result<void>{};
}

void ErasureSearch::Learn(const std::string& number) {
  if (IsTelling(number)) {
    words_.insert(number);
  } else {
    unsure_ = true;
  }
}

boost::asio::awaitable<Result<void>> ErasureSearch::ScanJournal() {
  auto from = storage_.journal_begin();
  const auto end = storage_.journal_end();
  while (from <= end) {
    const auto page = co_await storage_.Scan(from, kPage, kScanBytes);
    if (!page) co_return std::unexpected(page.error());
    if (page->empty()) break;
    for (const storage::Entry& entry : *page) Consider(entry);
    from.offset = page->back().position.offset + 1;
  }
  co_return Result<void>{};
}

void ErasureSearch::Consider(const storage::Entry& entry) {
  if (entry.envelope.merchant != target_.merchant) return;
  const bool told = Mentions(entry.payload) || Mentions(entry.envelope.topic);
  switch (entry.envelope.kind) {
    case EntryKind::kPush:
    case EntryKind::kPulled:
    case EntryKind::kRedrive:
      if (told || unsure_ || trail_.contains(entry.position.offset)) ConsiderFacts(entry, told);
      return;
    case EntryKind::kRequest:
      // Answers may quote what was asked about.
      if (told && IsOutcome(entry.payload)) target_.entries.insert(entry.position);
      return;
    default:
      return;
  }
}

void ErasureSearch::ConsiderFacts(const storage::Entry& entry, bool told) {
  const auto mapped = MapEntry(mappers_, entry);
  // Of what cannot be mapped nobody knows whom it is about, but for the numbers in it.
  const bool says_nothing = mapped->orders.empty() && mapped->stores.empty() &&
                            mapped->reviews.empty() && mapped->menus.empty() &&
                            mapped->profiles.empty();
  bool meant = trail_.contains(entry.position.offset) || (told && says_nothing);
  for (const model::OrderFacts& facts : mapped->orders) meant = ConsiderOrder(facts) || meant;
  for (const model::ReviewFacts& facts : mapped->reviews) meant = ConsiderReview(facts) || meant;
  if (meant) {
    target_.entries.insert(entry.position);
  } else if (HoldsOne(phones_, entry.payload)) {
    for (const model::OrderFacts& facts : mapped->orders) {
      mentions_.emplace(OrderOf(facts), entry.position);
    }
    for (const model::ReviewFacts& facts : mapped->reviews) {
      mentions_.emplace(PlatformRecordId(facts.platform, facts.platform_review_id), entry.position);
    }
  }
}

bool ErasureSearch::ConsiderOrder(const model::OrderFacts& facts) {
  const auto id = OrderOf(facts);
  if (facts.snapshot && IsPhone(facts.snapshot->customer.phone)) target_.orders.insert(id);
  missing_.erase(id);
  return target_.orders.contains(id);
}

bool ErasureSearch::ConsiderReview(const model::ReviewFacts& facts) {
  const auto id = PlatformRecordId(facts.platform, facts.platform_review_id);
  const std::string& order = facts.content.platform_order_id;
  if (!order.empty() && target_.orders.contains(PlatformRecordId(facts.platform, order))) {
    target_.reviews.insert(id);
  }
  missing_.erase(id);
  return target_.reviews.contains(id);
}

std::string ErasureSearch::OrderOf(const model::OrderFacts& facts) const {
  if (!facts.platform_order_id.empty()) {
    return PlatformRecordId(facts.platform, facts.platform_order_id);
  }
  const auto known = displays_.find(facts.platform + "/" + facts.platform_display_id);
  return known != displays_.end() ? known->second
                                  : PlatformRecordId(facts.platform, facts.platform_display_id);
}

bool ErasureSearch::IsPhone(std::string_view phone) const {
  return !phones_.empty() && phones_.contains(PlainPhone(phone));
}

bool ErasureSearch::Mentions(std::string_view text) const {
  return HoldsOne(words_, text) || HoldsOne(phones_, text);
}

boost::asio::awaitable<Result<void>> ErasureSearch::SearchRefusals(storage::Refusals& refusals) {
  std::optional<std::uint64_t> before;
  while (true) {
    const auto page = co_await refusals.List(target_.merchant, {}, before, kPage);
    if (!page) co_return std::unexpected(page.error());
    for (const storage::Refusal& refusal : *page) {
      if (Mentions(refusal.body) || Mentions(refusal.target)) {
        target_.refusals.insert(refusal.number);
      }
    }
    if (page->size() < kPage) co_return Result<void>{};
    before = page->back().number;
  }
}

}  // namespace weir::sync
