// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "simulators/agenda.hpp"
#include "simulators/ledger.hpp"
#include "simulators/sf_express/book.hpp"
#include "simulators/sf_express/fate.hpp"
#include "simulators/sf_express/options.hpp"
#include "simulators/sf_express/pushes.hpp"

namespace weir::simulators::sf_express {

/// The ways of parcels: each grows a node at a time, as its fate wants or as somebody decides.
class Life {
 public:
  /// All references outlive the life.
  Life(const Options& options, Book& book, PushDesk& desk, Counts& counts, Random& random);

  /// Somebody orders what `parcel` says, in so many pieces; it gets its waybills.
  Parcel& Begin(Parcel parcel, std::int64_t pieces, Instant at);
  /// Before it is collected; false from then on.
  bool Cancel(Parcel& parcel, Instant at);
  /// On its way: it comes back. False before that, and at its end.
  bool Intercept(Parcel& parcel, Instant at);
  /// So many child waybills more.
  std::vector<std::string> AddChildren(Parcel& parcel, std::int64_t count);

  /// The next parcel has this fate, whatever is drawn.
  void Foretell(Fate fate) { foretold_ = fate; }

  /// Lets happen what is due by `now`, each at its own time.
  void Tick(Instant now);
  [[nodiscard]] std::optional<Instant> NextDue() const { return agenda_.NextDue(); }

 private:
  struct Turn {
    std::string number;
    std::uint64_t plan_no = 0;
  };

  void Follow(Parcel& parcel, std::vector<Step> plan, Instant at);
  void PlanNext(const Parcel& parcel, Instant at);
  void Advance(Parcel& parcel, Instant at);
  void AddNode(Parcel& parcel, const std::string& waybill, const Step& step, Instant at);
  void Enter(Parcel& parcel, std::string_view status, Instant at);
  [[nodiscard]] std::string NextWaybill();

  const Options& options_;
  Book& book_;
  PushDesk& desk_;
  Counts& counts_;
  Random& random_;
  Agenda<Turn> agenda_;
  std::optional<Fate> foretold_;
  std::uint64_t last_waybill_ = 7'444'400'000'000;
  std::uint64_t last_node_ = 160'000'000'000'000;
};

}  // namespace weir::simulators::sf_express
