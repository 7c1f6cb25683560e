// SPDX-License-Identifier: Apache-2.0
#include "sync/fold_batch.hpp"

#include <algorithm>
#include <utility>

namespace weir::sync {
namespace {

std::string PutKey(storage::RecordKind kind, std::string_view merchant, std::string_view id) {
  std::string key;
  key.reserve(merchant.size() + id.size() + 2);
  key.push_back(static_cast<char>(kind));
  key.append(merchant).push_back('\0');
  key.append(id);
  return key;
}

bool SameWork(const storage::WorkRow& work, const storage::WorkKey& key) {
  return work.subject == key.subject && work.kind == key.kind && work.merchant == key.merchant;
}

bool SameAlias(const storage::AliasRow& a, const storage::AliasRow& b) {
  return a.id == b.id && a.key == b.key && a.kind == b.kind && a.merchant == b.merchant;
}

}  // namespace

void FoldBatch::Put(storage::RecordRow row) {
  const auto [found, fresh] =
      put_at_.try_emplace(PutKey(row.kind, row.merchant, row.id), batch_.puts.size());
  if (fresh) {
    batch_.puts.push_back(std::move(row));
  } else {
    batch_.puts[found->second] = std::move(row);
  }
}

const storage::RecordRow* FoldBatch::FindPut(storage::RecordKind kind, std::string_view merchant,
                                             std::string_view id) const {
  const auto found = put_at_.find(PutKey(kind, merchant, id));
  return found == put_at_.end() ? nullptr : &batch_.puts[found->second];
}

std::uint64_t FoldBatch::Publish(storage::Position cause, storage::ChangeRow change) {
  if (cause != last_cause_) {
    last_cause_ = cause;
    next_ordinal_ = 0;
  }
  const auto [found, fresh] = last_seq_.try_emplace(change.merchant, 0);
  if (fresh) found->second = feed_end_(change.merchant);
  change.seq = ++found->second;
  change.cause = cause;
  change.ordinal = next_ordinal_++;
  batch_.changes.push_back(std::move(change));
  return found->second;
}

std::uint32_t FoldBatch::NextCommand(storage::Position cause) {
  if (planned_for_ != cause) commands_ = 0;
  planned_for_ = cause;
  return ++commands_;
}

void FoldBatch::Plan(storage::WorkRow work) {
  const storage::WorkKey key{work.merchant, work.kind, work.subject};
  std::erase_if(batch_.works,
                [&](const storage::WorkRow& planned) { return SameWork(planned, key); });
  // What was done before this plan must not take it away.
  std::erase_if(batch_.works_done,
                [&](const storage::WorkKey& done) { return SameWork(work, done); });
  batch_.works.push_back(std::move(work));
}

void FoldBatch::Done(storage::WorkKey key) {
  std::erase_if(batch_.works,
                [&](const storage::WorkRow& planned) { return SameWork(planned, key); });
  batch_.works_done.push_back(std::move(key));
}

void FoldBatch::AddAlias(storage::AliasRow alias) {
  std::erase_if(batch_.aliases_gone,
                [&](const storage::AliasRow& gone) { return SameAlias(gone, alias); });
  batch_.aliases.push_back(std::move(alias));
}

void FoldBatch::DropAlias(storage::AliasRow alias) {
  std::erase_if(batch_.aliases,
                [&](const storage::AliasRow& added) { return SameAlias(added, alias); });
  batch_.aliases_gone.push_back(std::move(alias));
}

storage::Batch FoldBatch::Finish(storage::Position through) && {
  batch_.through = through;
  return std::move(batch_);
}

}  // namespace weir::sync
