// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.hpp"

namespace weir::world {

/// A disk that forwards to another.
class PlainDisk : public Disk {
 public:
  explicit PlainDisk(Disk& below) : below_(below) {}
  Result<std::unique_ptr<File>> Open(std::string_view path, OpenMode mode) override {
    return below_.Open(path, mode);
  }
  Result<void> MakeFolder(std::string_view path) override { return below_.MakeFolder(path); }
  Result<std::vector<std::string>> List(std::string_view path) const override {
    return below_.List(path);
  }
  Result<bool> Exists(std::string_view path) const override { return below_.Exists(path); }
  Result<void> Remove(std::string_view path) override { return below_.Remove(path); }
  Result<void> Rename(std::string_view from, std::string_view to) override {
    return below_.Rename(from, to);
  }
  Result<void> SyncFolder(std::string_view path) override { return below_.SyncFolder(path); }
  Result<std::uint64_t> FreeBytes(std::string_view path) const override {
    return below_.FreeBytes(path);
  }
  Result<std::unique_ptr<File>> Lock(std::string_view path) override { return below_.Lock(path); }

 private:
  Disk& below_;
};

/// A deliberately broken one: the Sync of a file of the journal says yes and does nothing, so that
/// answers leave before their pushes are durable.
class LyingDisk final : public PlainDisk {
 public:
  using PlainDisk::PlainDisk;
  Result<std::unique_ptr<File>> Open(std::string_view path, OpenMode mode) override;
};

}  // namespace weir::world
