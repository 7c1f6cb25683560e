// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "storage/storage.hpp"
#include "sync/folder.hpp"

namespace weir::sync::testing {

/// The smallest record there is: a tally per topic, plus one for each entry; "poison" throws.
class ToyRules final : public FoldRules {
 public:
  explicit ToyRules(storage::Storage& storage) : storage_(storage) {}

  [[nodiscard]] std::uint32_t version() const override { return 1; }
  [[nodiscard]] bool NeedsAppliedView(const FoldInput& input) const override {
    return input.entry.envelope.kind != storage::EntryKind::kPush;
  }

  boost::asio::awaitable<void> Fold(FoldInput& input, FoldBatch& batch) override {
    const storage::Entry& entry = input.entry;
    if (entry.envelope.kind == storage::EntryKind::kEpoch) {
      batch.rows().fold_version = EpochVersion(entry);
      co_return;
    }
    std::uint64_t& tally = tallies_[entry.envelope.topic];
    if (tally == 0) {
      const auto row =
          co_await storage_.Load(storage::RecordKind::kOrder, "m", entry.envelope.topic);
      if (row && *row) tally = (*row)->version;
    }
    ++tally;
    if (entry.envelope.topic == "poison") throw std::runtime_error("poisoned");
    storage::RecordRow row;
    row.merchant = "m";
    row.id = entry.envelope.topic;
    row.version = tally;
    row.published_seq = batch.Publish(entry.position, {.merchant = "m",
                                                       .type = "order.updated",
                                                       .subject = row.id,
                                                       .version = tally,
                                                       .at = entry.stamp,
                                                       .data = std::to_string(tally)});
    batch.Put(std::move(row));
  }

  void Reset() override { tallies_.clear(); }

 private:
  storage::Storage& storage_;
  std::map<std::string, std::uint64_t> tallies_;
};

}  // namespace weir::sync::testing
