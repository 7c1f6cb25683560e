// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/life.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "simulators/chance.hpp"

namespace weir::simulators::sf_express {
namespace {

constexpr std::string_view kCollected = "50";
constexpr std::string_view kSigned = "80";
constexpr std::string_view kRenumbered = "648";
constexpr Step kChildCollected{"51", "一票多件的子件", ""};

bool IsEnd(std::string_view status) {
  constexpr std::array<std::string_view, 3> kEnds{"delivered", "returned", "cancelled"};
  return std::ranges::find(kEnds, status) != kEnds.end();
}

}  // namespace

Life::Life(const Options& options, Book& book, PushDesk& desk, Counts& counts, Random& random)
    : options_(options), book_(book), desk_(desk), counts_(counts), random_(random) {}

std::string Life::NextWaybill() { return "SF" + std::to_string(++last_waybill_); }

Parcel& Life::Begin(Parcel parcel, std::int64_t pieces, Instant at) {
  parcel.created = at;
  parcel.waybill = NextWaybill();
  parcel.way = {"created"};
  for (std::int64_t i = 1; i < pieces; ++i) parcel.children.push_back(NextWaybill());
  Parcel& added = book_.Add(std::move(parcel));
  ++counts_.orders;
  const Fate drawn = DrawFate(random_, options_);
  const Fate fate = std::exchange(foretold_, std::nullopt).value_or(drawn);
  Follow(added, PlanOf(fate), at);
  return added;
}

std::vector<std::string> Life::AddChildren(Parcel& parcel, std::int64_t count) {
  std::vector<std::string> added;
  for (std::int64_t i = 0; i < count; ++i) {
    added.push_back(NextWaybill());
    parcel.children.push_back(added.back());
    book_.Name(parcel, added.back());
  }
  return added;
}

bool Life::Cancel(Parcel& parcel, Instant at) {
  if (parcel.picked_up || !parcel.live) return false;
  Follow(parcel, {}, at);
  Enter(parcel, "cancelled", at);
  return true;
}

bool Life::Intercept(Parcel& parcel, Instant at) {
  if (!parcel.picked_up || !parcel.live || parcel.status == "returning") return false;
  Follow(parcel, PlanOfReturn(), at);
  return true;
}

void Life::Follow(Parcel& parcel, std::vector<Step> plan, Instant at) {
  parcel.plan = std::move(plan);
  ++parcel.plan_no;
  PlanNext(parcel, at);
}

void Life::PlanNext(const Parcel& parcel, Instant at) {
  const auto stage = About(random_, options_.traffic.pace);
  if (!parcel.plan.empty()) {
    agenda_.Add(at + stage, {.number = parcel.number, .plan_no = parcel.plan_no});
  }
}

void Life::Tick(Instant now) {
  while (const auto due = agenda_.Take(now)) {
    Parcel* parcel = book_.Find(due->item.number);
    if (parcel != nullptr && parcel->plan_no == due->item.plan_no) Advance(*parcel, due->at);
  }
}

void Life::Advance(Parcel& parcel, Instant at) {
  const Step step = parcel.plan.front();
  parcel.plan.erase(parcel.plan.begin());
  AddNode(parcel, parcel.waybill, step, at);
  for (const std::string& child : parcel.children) {
    if (step.op_code == kCollected) AddNode(parcel, child, kChildCollected, at);
    if (step.op_code == kSigned) AddNode(parcel, child, step, at);
  }
  if (!step.status.empty()) Enter(parcel, step.status, at);
  PlanNext(parcel, at);
}

void Life::AddNode(Parcel& parcel, const std::string& waybill, const Step& step, Instant at) {
  std::string text(step.text);
  if (step.op_code == kRenumbered) {
    const std::string renumbered = NextWaybill();
    book_.Name(parcel, renumbered);
    text.replace(text.find("{}"), 2, renumbered);
  }
  parcel.nodes.push_back({.id = std::to_string(++last_node_),
                          .waybill = waybill,
                          .at = std::chrono::floor<std::chrono::seconds>(at),
                          .place = parcel.nodes.size() < 3 ? parcel.from : parcel.to,
                          .text = std::move(text),
                          .op_code = std::string(step.op_code),
                          .reason = std::string(step.reason)});
  desk_.Tell(parcel, at);
}

void Life::Enter(Parcel& parcel, std::string_view status, Instant at) {
  parcel.status = status;
  parcel.way.emplace_back(status);
  parcel.picked_up = parcel.picked_up || status == "picked_up";
  if (IsEnd(status)) {
    parcel.live = false;
    parcel.ended = at;
  }
}

}  // namespace weir::simulators::sf_express
