// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/memory_disk.hpp"
#include "storage/embedded/callback_file.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {

/// An EmbeddedStorage on a disk in memory; starts, dies and starts again.
class EmbeddedWorld final : public StorageWorld {
 public:
  explicit EmbeddedWorld(EntrySink* its_sink = nullptr) : sink(its_sink) {
    options.folder = "data";
    options.journal.segment_bytes = 64 << 10;
    options.readers = io.get_executor();
  }

  /// Opens what the disk holds, and takes the lease.
  Result<void> Open() {
    auto opened = EmbeddedStorage::Open(disk, clock, timer, options, sink);
    if (!opened) return std::unexpected(opened.error());
    embedded = std::move(*opened);
    auto lease = Run(embedded->AcquireLease(0));
    if (!lease) return std::unexpected(lease.error());
    fence = *lease;
    return {};
  }

  /// Ends the process as SIGKILL does.
  void Kill() {
    disk.KillProcess();
    LoseProcess();
  }

  /// What was not flushed is gone too.
  void CutPower() {
    disk.CutPower();
    LoseProcess();
  }

  // A dying process writes nothing from its destructors.
  void LoseProcess() {
    disk.SetFault([](std::string_view, std::string_view) -> Result<void> {
      return Fail(ErrorKind::kInternal, "the process is gone");
    });
    callback_file.reset();
    embedded.reset();
    disk.SetFault({});
  }

  /// Appends one entry and applies `batch` as its doing.
  Result<void> Apply(Batch batch) {
    std::vector<NewEntry> entries(1);
    entries[0].envelope.merchant = "demo";
    entries[0].payload = "entry";
    auto appended = Run(embedded->Append(std::move(entries)));
    if (!appended) return std::unexpected(appended.error());
    const auto at = embedded->view_position();
    batch.through = {.offset = at.offset + 1};
    return Run(embedded->Apply(fence, at, std::move(batch)));
  }

  Storage& storage() override { return *embedded; }
  /// Opened when first asked for; goes before the storage does.
  CallbackLog& callbacks() override {
    if (!callback_file) {
      auto log = CallbackFile::Open(embedded->vfs(), "data/callbacks.db", embedded->keys(),
                                    io.get_executor());
      if (!log) throw std::runtime_error(log.error().message);
      callback_file = std::move(*log);
    }
    return *callback_file;
  }
  void Step() override { std::ignore = embedded->journal().Step(); }

  MemoryDisk disk;
  EntrySink* sink;
  EmbeddedOptions options;
  std::unique_ptr<EmbeddedStorage> embedded;
  std::unique_ptr<CallbackFile> callback_file;
  Fence fence;
};

}  // namespace weir::storage
