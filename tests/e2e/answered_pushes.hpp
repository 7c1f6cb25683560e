// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "simulators/simulator.hpp"
#include "storage/entry.hpp"

namespace weir::e2e {

/// Names what a push says, whenever and however often it was sent: its topic and its fields without
/// timestamp and signature, as they are encoded.
[[nodiscard]] std::string ContentOf(std::string_view topic, std::string_view form);

/// A platform that remembers which of its pushes were answered ok.
class AnsweredPushes final : public simulators::Simulator {
 public:
  /// `hooks` is the URL before the topic. `platform` outlives this.
  AnsweredPushes(simulators::Simulator& platform, std::string hooks)
      : platform_(platform), hooks_(std::move(hooks)) {}

  simulators::HttpAnswer Handle(const simulators::HttpCall& call, Instant now) override {
    return platform_.Handle(call, now);
  }
  std::vector<simulators::OutgoingPush> Due(Instant now, std::size_t limit) override;
  void OnPushAnswer(std::uint64_t push, const simulators::PushAnswer& answer, Instant now) override;
  std::optional<Instant> NextDue() const override { return platform_.NextDue(); }

  [[nodiscard]] const std::set<std::string>& answered() const { return answered_; }

 private:
  simulators::Simulator& platform_;
  const std::string hooks_;
  std::map<std::uint64_t, std::string> flying_;
  std::set<std::string> answered_;
};

/// The contents of all pushes in the journal of a stopped gateway; throws when it cannot be read.
[[nodiscard]] std::set<std::string> PushesInJournal(const std::string& data_folder);
/// What was answered and is not in that journal; a few of them.
[[nodiscard]] std::vector<std::string> MissingIn(const std::string& data_folder,
                                                 const std::set<std::string>& answered);

}  // namespace weir::e2e
