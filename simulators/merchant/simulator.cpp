// SPDX-License-Identifier: Apache-2.0
#include "simulators/merchant/simulator.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "simulators/merchant/verify.hpp"

namespace weir::simulators::merchant {

using nlohmann::json;

MerchantSimulator::MerchantSimulator(Options options)
    : options_(std::move(options)), random_(options_.seed) {}

MerchantSimulator::Fate MerchantSimulator::Draw() {
  constexpr std::uint64_t kParts = 1'000'000;
  double rest = static_cast<double>(random_.Below(kParts)) / kParts;
  const std::pair<Fate, double> shares[] = {{Fate::kFail, options_.faults.failed},
                                            {Fate::kLimit, options_.faults.limited},
                                            {Fate::kRedirect, options_.faults.redirected},
                                            {Fate::kStall, options_.faults.stalled},
                                            {Fate::kCut, options_.faults.cut}};
  for (const auto& [fate, share] : shares) {
    if (rest < share) return fate;
    rest -= share;
  }
  return Fate::kTake;
}

HttpAnswer MerchantSimulator::Refuse(unsigned status) {
  ++counts_.failed;
  HttpAnswer answer{.status = status, .body = R"({"error":"not now"})"};
  if (status == 429) {
    answer.headers.emplace_back("Retry-After", std::to_string(options_.faults.retry_after.count()));
  }
  if (status == 307) answer.headers.emplace_back("Location", "/elsewhere");
  return answer;
}

HttpAnswer MerchantSimulator::Handle(const HttpCall& call, Instant now) {
  ++counts_.calls;
  if (const std::string why = WhyRefused(call, options_.secret, now); !why.empty()) {
    ++counts_.forged;
    return {.status = 401, .body = json{{"error", why}}.dump()};
  }
  if (always_ != 0) return Refuse(always_);
  const Fate fate = Draw();
  if (fate == Fate::kFail) return Refuse(500);
  if (fate == Fate::kLimit) return Refuse(429);
  if (fate == Fate::kRedirect) return Refuse(307);
  if (!Take(call)) return {.status = 400, .body = R"({"error":"no callback"})"};
  HttpAnswer answer{.body = R"({"ok":true})"};
  if (fate == Fate::kStall) answer.stall = options_.faults.stall;
  answer.cut = fate == Fate::kCut;
  if (fate != Fate::kTake) ++counts_.failed;
  return answer;
}

bool MerchantSimulator::Take(const HttpCall& call) {
  const json body = json::parse(call.body, nullptr, false);
  if (!body.is_object() || !body.contains("data")) return false;
  Taken taken{.seq = body.value("sequence", std::uint64_t{0}),
              .id = std::string(HeaderOf(call, "webhook-id")),
              .type = body.value("type", ""),
              .subject = body["data"].is_object() ? body["data"].value("id", "") : ""};
  if (!known_.insert(taken.id).second) {
    ++counts_.again;
    return true;
  }
  // A message that says nothing has no place in any order.
  if (taken.type == "test") return true;
  std::uint64_t& last = last_[taken.subject];
  if (taken.seq <= last) {
    complaints_.push_back(taken.subject + ": change " + std::to_string(taken.seq) +
                          " came after change " + std::to_string(last));
  } else {
    records_[taken.subject] = body["data"].dump();
  }
  last = std::max(last, taken.seq);
  ++counts_.taken;
  taken_.push_back(std::move(taken));
  return true;
}

}  // namespace weir::simulators::merchant
