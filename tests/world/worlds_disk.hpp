// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.hpp"

namespace weir::world {

/// What becomes of a flush.
enum class Flush {
  kDone,
  kLost,    ///< Fails, and nothing is on stable storage.
  kUnseen,  ///< Everything is on stable storage, and yet it fails.
  kLied,    ///< Succeeds, and nothing is on stable storage.
};

/// A disk that forwards to another and asks for the fate of every flush of a file.
class WorldsDisk final : public Disk {
 public:
  using Fate = std::function<Flush(std::string_view path)>;
  WorldsDisk(Disk& below, Fate fate) : below_(below), fate_(std::move(fate)) {}

  Result<std::unique_ptr<File>> Open(std::string_view path, OpenMode mode) override;
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
  const Fate fate_;
};

}  // namespace weir::world
