// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/seeded_random.hpp"
#include "simulators/simulator.hpp"

/// A merchant's endpoint, as callbacks meet it.
namespace weir::simulators::merchant {

/// Shares of what comes, 0 to 1; one callback suffers one of them at most.
struct Faults {
  double failed = 0;      ///< 500.
  double limited = 0;     ///< 429 with Retry-After.
  double redirected = 0;  ///< 307.
  double stalled = 0;     ///< Taken, but the answer comes after `stall`.
  double cut = 0;         ///< Taken, but the answer breaks off.
  std::chrono::seconds retry_after{1};
  std::chrono::milliseconds stall{2000};
};

struct Options {
  std::string secret;  ///< "whsec_...".
  std::uint64_t seed = 1;
  Faults faults{};
};

/// A callback the merchant has taken.
struct Taken {
  std::uint64_t seq = 0;
  std::string id;
  std::string type;
  std::string subject;  ///< The record's id.
};

struct Counts {
  std::uint64_t calls = 0;
  std::uint64_t forged = 0;  ///< Not signed as they must be: 401.
  std::uint64_t taken = 0;
  std::uint64_t again = 0;   ///< Known by their id.
  std::uint64_t failed = 0;  ///< Answered with a failure, or not at all.
};

/// Not for use by two threads at once. Sends nothing by itself.
class MerchantSimulator final : public Simulator {
 public:
  explicit MerchantSimulator(Options options);

  HttpAnswer Handle(const HttpCall& call, Instant now) override;
  std::vector<OutgoingPush> Due(Instant, std::size_t) override { return {}; }
  void OnPushAnswer(std::uint64_t, const PushAnswer&, Instant) override {}
  std::optional<Instant> NextDue() const override { return std::nullopt; }

  /// From now on every call is answered so, unless it is forged; 0: as the faults have it.
  void AnswerWith(unsigned status) { always_ = status; }
  void SetFaults(Faults faults) { options_.faults = faults; }
  /// What its messages are signed with from now on.
  void SetSecret(std::string secret) { options_.secret = std::move(secret); }

  /// In the order in which they were taken, each once.
  [[nodiscard]] const std::vector<Taken>& taken() const { return taken_; }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  /// What a merchant may not be sent, in words: one of a subject after a later one of it.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  /// The last `data` taken of each subject, as JSON.
  [[nodiscard]] const std::map<std::string, std::string>& records() const { return records_; }

 private:
  enum class Fate { kTake, kFail, kLimit, kRedirect, kStall, kCut };
  [[nodiscard]] Fate Draw();
  [[nodiscard]] HttpAnswer Refuse(unsigned status);
  /// False when the body is no callback.
  bool Take(const HttpCall& call);

  Options options_;
  SeededRandom random_;
  unsigned always_ = 0;
  Counts counts_;
  std::vector<Taken> taken_;
  std::set<std::string> known_;
  std::map<std::string, std::uint64_t> last_;  ///< By subject.
  std::map<std::string, std::string> records_;
  std::vector<std::string> complaints_;
};

}  // namespace weir::simulators::merchant
