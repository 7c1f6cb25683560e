// SPDX-License-Identifier: Apache-2.0
#include "app/demo/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ids.hpp"

namespace weir::app::demo {
namespace {

using nlohmann::json;
using simulators::OrderTruth;

json OrNull(std::optional<std::int64_t> amount) { return amount ? json(*amount) : json(); }

json OrNull(std::string_view word) { return word.empty() ? json() : json(std::string(word)); }

// The member at `path`, null when there is none.
json At(const json& record, const char* path) {
  const json::json_pointer pointer(path);
  return record.contains(pointer) ? record.at(pointer) : json();
}

json RefundsOf(const OrderTruth& truth) {
  json refunds = json::object();
  for (const auto& refund : truth.refunds) refunds[refund.id] = std::string(refund.status);
  return refunds;
}

json RefundsOf(const json& record) {
  json refunds = json::object();
  for (const json& refund : At(record, "/refunds")) {
    const json id = At(refund, "/id");
    refunds[id.is_string() ? id.get<std::string>() : id.dump()] = At(refund, "/status");
  }
  return refunds;
}

/// What an order's record must say, and how the platform and the record say it.
struct Fact {
  const char* what;
  json (*truth)(const OrderTruth&);
  json (*record)(const json&);
};

constexpr std::array kFacts = {
    Fact{"status", [](const OrderTruth& truth) { return OrNull(truth.status); },
         [](const json& record) { return At(record, "/status"); }},
    Fact{"paid", [](const OrderTruth& truth) { return json(truth.total); },
         [](const json& record) { return At(record, "/totals/paid"); }},
    Fact{"discounts", [](const OrderTruth& truth) { return json(truth.discounts); },
         [](const json& record) { return At(record, "/totals/discounts"); }},
    Fact{"refunded", [](const OrderTruth& truth) { return json(truth.refunded); },
         [](const json& record) { return At(record, "/totals/refunded"); }},
    Fact{"commission", [](const OrderTruth& truth) { return OrNull(truth.commission); },
         [](const json& record) { return At(record, "/totals/commission"); }},
    Fact{"merchant income", [](const OrderTruth& truth) { return OrNull(truth.income); },
         [](const json& record) { return At(record, "/totals/merchant_income"); }},
    Fact{"number of items", [](const OrderTruth& truth) { return json(truth.lines); },
         [](const json& record) {
           return json(static_cast<std::int64_t>(At(record, "/items").size()));
         }},
    Fact{"refunds", [](const OrderTruth& truth) { return RefundsOf(truth); },
         [](const json& record) { return RefundsOf(record); }},
    Fact{"delivery", [](const OrderTruth& truth) { return OrNull(truth.delivery); },
         [](const json& record) { return At(record, "/delivery/status"); }},
};

// Places in checks_: these, then one for each fact, then the rest.
enum : std::size_t { kSettled, kPresent, kFirstFact };
enum : std::size_t { kSeen = kFirstFact + kFacts.size(), kKnown, kFeed, kForgeries, kCallbacks };

}  // namespace

Audit::Audit(std::vector<std::string> platforms) : Checks("audit", std::move(platforms)) {
  checks_.push_back({.what = "each push of the order answered ok"});
  checks_.push_back({.what = "order found by GET /v1/orders/{id}"});
  for (const Fact& fact : kFacts) checks_.push_back({.what = fmt::format("  its {}", fact.what)});
  checks_.push_back({.what = "  as the feed's last change says"});
  checks_.push_back({.what = "listed order known to the platform"});
  checks_.push_back({.what = "change in the feed, none amiss"});
  checks_.push_back({.what = "forged push refused"});
  checks_.push_back({.what = "change taken by the endpoint"});
}

void Audit::CheckOrder(std::string_view platform, const OrderTruth& truth,
                       const std::optional<json>& record, const FeedLog::Record* seen) {
  if (!truth.announced()) return;
  const std::string id = PlatformRecordId(platform, truth.id);
  Judge(kSettled, platform, truth.settled(),
        id + ": the gateway has not answered ok to all its pushes");
  Judge(kPresent, platform, record.has_value(), id + ": GET /v1/orders/{id} does not find it");
  if (!record) return;
  for (std::size_t i = 0; i < kFacts.size(); ++i) {
    const json expected = kFacts[i].truth(truth);
    const json found = kFacts[i].record(*record);
    Judge(kFirstFact + i, platform, expected == found,
          fmt::format("{}: {} is {}, the platform says {}", id, kFacts[i].what, found.dump(),
                      expected.dump()));
  }
  const json version = At(*record, "/version");
  const bool same_content = seen != nullptr && seen->data == record->dump();
  const bool same = same_content && version == json(seen->version);
  Judge(kSeen, platform, same,
        seen == nullptr ? id + ": the feed never mentioned it"
                        : fmt::format("{}: the feed's last word is version {}, the API says {}{}",
                                      id, seen->version, version.dump(),
                                      same_content ? "" : ", with other content"));
}

void Audit::CheckKnown(const std::set<std::string>& listed, const std::set<std::string>& known) {
  for (const std::string& id : listed) {
    Judge(kKnown, std::string_view(id).substr(0, id.find('-')), known.contains(id),
          id + ": no platform has such an order");
  }
}

void Audit::CheckFeed(const FeedLog& log, std::uint64_t feed_end) {
  checks_[kFeed].checked += log.changes();
  checks_[kFeed].wrong += log.faults();
  for (const std::string& fault : log.first_faults()) Keep("feed: " + fault);
  if (log.last_seq() < feed_end) {
    ++checks_[kFeed].wrong;
    Keep(fmt::format("feed: it ends at {}, its reader stands at {}", feed_end, log.last_seq()));
  }
}

void Audit::CheckForgeries(std::string_view platform, const simulators::Counts& counts) {
  Check& check = checks_[kForgeries];
  check.checked += counts.forged;
  check.of_platform[std::string(platform)] += counts.forged;
  check.wrong += counts.forged_accepted;
  if (counts.forged_accepted > 0) {
    Keep(fmt::format("{} forged pushes of {} were answered ok", counts.forged_accepted, platform));
  }
}

void Audit::CheckCallbacks(const simulators::merchant::MerchantSimulator& merchant,
                           const FeedLog& log, std::uint64_t feed_end) {
  std::set<std::uint64_t> taken;
  for (const auto& callback : merchant.taken()) taken.insert(callback.seq);
  for (std::uint64_t seq = 1; seq <= feed_end; ++seq) {
    Judge(kCallbacks, {}, taken.contains(seq), fmt::format("callback: change {} never came", seq));
  }
  const auto complain = [this](const std::string& what) {
    ++checks_[kCallbacks].wrong;
    Keep("callback: " + what);
  };
  for (const std::string& complaint : merchant.complaints()) complain(complaint);
  if (merchant.counts().forged > 0) {
    complain(fmt::format("{} were not signed as they must be", merchant.counts().forged));
  }
  for (const auto& [id, record] : log.records()) {
    const auto last = merchant.records().find(id);
    if (last == merchant.records().end() || last->second != record.data) {
      complain(id + ": the last one differs from the feed");
    }
  }
}

bool Audit::ok() const {
  const auto flowed = [this](const std::string& platform) {
    return checks_[kPresent].of_platform.contains(platform);
  };
  return wrong() == 0 && checks_[kFeed].checked > 0 && std::ranges::all_of(platforms(), flowed);
}

}  // namespace weir::app::demo
