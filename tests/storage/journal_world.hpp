// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/seeded_random.hpp"
#include "tests/storage/journal_fixture.hpp"

namespace weir::storage {

/// A journal under a load that a fault interrupts somewhere, and what must hold afterwards.
class JournalWorld : public JournalRig {
 public:
  explicit JournalWorld(std::uint64_t seed) : random(seed) { options.segment_bytes = 8 << 10; }

  /// Starts now and then, and appends in groups of a few entries that roll over segments. Stops
  /// early where the journal cannot be opened.
  void Work(int rounds) {
    for (int round = 0; round < rounds; ++round) {
      if (round % 6 == 0 && !TryOpen()) return;
      std::vector<std::pair<Answer, std::vector<std::string>>> waiting;
      for (std::uint64_t i = 0; i <= random.Below(2); ++i) {
        std::vector<std::string> payloads;
        std::vector<NewEntry> entries;
        for (std::uint64_t n = 0; n <= random.Below(2); ++n) {
          payloads.push_back(NextPayload());
          entries.push_back(MakeEntry(payloads.back()));
        }
        waiting.emplace_back(Begin(std::move(entries)), std::move(payloads));
      }
      journal->NotePublished(journal->end());
      std::ignore = journal->Step();
      Poll();
      for (const auto& [answer, payloads] : waiting) Note(answer, payloads);
    }
  }

  /// Every answered entry stands where it was promised, positions are dense, nothing is there
  /// twice and nothing that was never sent, and what the sink got is the same.
  void Audit() {
    const auto entries = TryReadAll();
    ASSERT_TRUE(entries) << entries.error().message;
    std::map<std::uint64_t, std::string> found;
    std::set<std::string> seen;
    Instant last{};
    for (const auto& entry : *entries) {
      ASSERT_EQ(entry.position.offset, found.size() + 1);
      ASSERT_TRUE(sent_.contains(entry.payload));
      ASSERT_TRUE(seen.insert(entry.payload).second);
      ASSERT_GE(entry.stamp, last);
      last = entry.stamp;
      found[entry.position.offset] = entry.payload;
    }
    ASSERT_EQ(journal->end().offset, found.size());
    for (const auto& [offset, payload] : answered_) ASSERT_EQ(found[offset], payload) << offset;
    for (const auto& handed : sink.entries) {
      ASSERT_EQ(found[handed.entry.position.offset], handed.entry.payload);
    }
    ASSERT_LE(journal->published_at_open(), journal->end());
  }

  /// Calls `crash` instead of the `at`th operation that changes anything on the disk; from then on
  /// none succeeds.
  void CrashAt(int at, std::function<void()> crash) {
    auto left = std::make_shared<int>(at);
    disk.SetFault([left, crash = std::move(crash)](std::string_view operation,
                                                   std::string_view) -> Result<void> {
      if (operation == "read") return {};
      if (*left > 0) {
        --*left;
        return {};
      }
      if (*left == 0) crash();
      *left = -1;
      return Fail(ErrorKind::kInternal, "the machine is down");
    });
  }

  /// The process is gone, and the disk works again.
  void Reboot() {
    disk.KillProcess();
    journal.reset();
    disk.SetFault({});
  }

  /// The fate of what was not synced, by chance.
  void CutPower() {
    disk.CutPower([this](std::uint64_t bound) { return random.Below(bound); });
  }

  [[nodiscard]] std::size_t answered() const { return answered_.size(); }

  SeededRandom random;

 private:
  std::string NextPayload() {
    std::string payload = std::to_string(++last_payload_) + ":";
    std::string noise(random.Below(900), '\0');
    random.Fill(std::as_writable_bytes(std::span(noise)));
    sent_.insert(payload + noise);
    return payload + noise;
  }

  void Note(const Answer& answer, const std::vector<std::string>& payloads) {
    ASSERT_TRUE(answer->has_value()) << "each waiter is told something";
    if (!**answer) return;
    auto offset = (**answer)->offset;
    for (const auto& payload : payloads) {
      ASSERT_TRUE(answered_.emplace(offset++, payload).second);
    }
  }

  int last_payload_ = 0;
  std::set<std::string> sent_;
  std::map<std::uint64_t, std::string> answered_;
};

}  // namespace weir::storage
