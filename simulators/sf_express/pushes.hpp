// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "simulators/agenda.hpp"
#include "simulators/ledger.hpp"
#include "simulators/push_queue.hpp"
#include "simulators/sf_express/book.hpp"
#include "simulators/sf_express/options.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::sf_express {

/// Pushes the nodes of ways, in batches of at most ten, each sent again as a whole until it is
/// answered well (protocol notes 1.12).
class PushDesk {
 public:
  static constexpr std::size_t kMostNodes = 10;

  /// All references outlive the desk.
  PushDesk(const Options& options, Book& book, Counts& counts, Random& random);

  /// The last node of `parcel` is new.
  void Tell(Parcel& parcel, Instant at);

  /// The oldest push due by `now`.
  [[nodiscard]] std::optional<OutgoingPush> Take(Instant now);
  void OnAnswer(std::uint64_t push, const PushAnswer& answer, Instant now);
  [[nodiscard]] std::optional<Instant> NextDue() const;
  [[nodiscard]] std::size_t outstanding() const { return waiting_ + queue_.outstanding(); }
  [[nodiscard]] std::uint64_t given_up() const { return queue_.given_up(); }

 private:
  struct NodeRef {
    std::string number;
    std::size_t node = 0;
  };
  struct Batch {
    std::vector<NodeRef> nodes;
    bool forged = false;
  };

  /// Makes batches of the nodes whose time has come.
  void Gather(Instant now);
  void Shuffle(std::vector<NodeRef>& nodes);
  [[nodiscard]] std::string Write(const Batch& batch);
  [[nodiscard]] Event* EventOf(const NodeRef& ref);
  [[nodiscard]] bool IsOk(const PushAnswer& answer) const;

  const Options& options_;
  Book& book_;
  Counts& counts_;
  Random& random_;
  Agenda<NodeRef> pending_;
  std::size_t waiting_ = 0;
  PushQueue<Batch> queue_;
};

}  // namespace weir::simulators::sf_express
