// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/disk.hpp"

namespace weir::storage {

/// A WAL file as SQLite writes it, made cheaper: the head of a frame, which comes by itself just
/// before the frame's page, is written together with it, and the file is zero-filled ahead, so that
/// a commit's sync changes no metadata. SQLite takes zeros behind the last frame for the end.
/// One thread at a time.
class SqliteWalFile final : public File {
 public:
  explicit SqliteWalFile(std::unique_ptr<File> file) : file_(std::move(file)) {}

  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> out) const override;
  Result<void> WriteAt(std::uint64_t offset, std::span<const std::byte> bytes) override;
  Result<void> Allocate(std::uint64_t size) override;
  Result<void> Truncate(std::uint64_t size) override;
  Result<void> Sync() override;
  Result<std::uint64_t> Size() const override;

 private:
  Result<void> WriteHeld() const;
  Result<void> Reserve(std::uint64_t end);

  const std::unique_ptr<File> file_;
  mutable std::string held_;  ///< Heads not yet written.
  std::uint64_t held_at_ = 0;
  std::uint64_t reserved_ = 0;
};

}  // namespace weir::storage
