// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/simulator.hpp"

#include <utility>

#include "simulators/agenda.hpp"
#include "simulators/outage.hpp"

namespace weir::simulators::sf_express {

SfExpressSimulator::SfExpressSimulator(Options options)
    : options_(std::move(options)),
      of_lives_(options_.seed),
      of_pushes_(options_.seed ^ 0x5851F42D4C957F2DU),
      of_calls_(options_.seed ^ 0x14057B7EF767814FU),
      book_(options_.keep_shipments),
      desk_(options_, book_, counts_, of_pushes_),
      life_(options_, book_, desk_, counts_, of_lives_),
      tokens_(options_, of_calls_),
      api_({.options = options_,
            .book = book_,
            .life = life_,
            .tokens = tokens_,
            .counts = counts_,
            .random = of_calls_}) {}

HttpAnswer SfExpressSimulator::Handle(const HttpCall& call, Instant now) {
  life_.Tick(now);
  ++counts_.calls;
  return FailNowAndThen(of_calls_, options_.faults.api_failure,
                        [&] { return api_.Serve(call, now); });
}

std::vector<OutgoingPush> SfExpressSimulator::Due(Instant now, std::size_t limit) {
  life_.Tick(now);
  std::vector<OutgoingPush> due;
  while (due.size() < limit) {
    auto push = desk_.Take(now);
    if (!push) break;
    due.push_back(std::move(*push));
  }
  return due;
}

void SfExpressSimulator::OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) {
  desk_.OnAnswer(push, answer, now);
}

std::optional<Instant> SfExpressSimulator::NextDue() const {
  return Earlier(life_.NextDue(), desk_.NextDue());
}

std::vector<ShipmentTruth> SfExpressSimulator::Shipments() const {
  std::vector<ShipmentTruth> truths;
  truths.reserve(book_.parcels().size());
  for (const Parcel& parcel : book_.parcels()) truths.push_back(TruthOf(parcel));
  return truths;
}

Counts SfExpressSimulator::counts() const {
  Counts counts = counts_;
  counts.outstanding = desk_.outstanding();
  counts.given_up = desk_.given_up();
  return counts;
}

std::optional<ShipmentTruth> SfExpressSimulator::Truth(std::string_view name) {
  const Parcel* parcel = book_.Find(name);
  return parcel == nullptr ? std::nullopt : std::optional(TruthOf(*parcel));
}

}  // namespace weir::simulators::sf_express
