// SPDX-License-Identifier: Apache-2.0
#include "tests/world/worlds_disk.hpp"

#include <utility>

namespace weir::world {
namespace {

class WorldsFile final : public File {
 public:
  WorldsFile(std::unique_ptr<File> below, std::string path, const WorldsDisk::Fate& fate)
      : below_(std::move(below)), path_(std::move(path)), fate_(fate) {}
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> out) const override {
    return below_->ReadAt(offset, out);
  }
  Result<void> WriteAt(std::uint64_t offset, std::span<const std::byte> bytes) override {
    return below_->WriteAt(offset, bytes);
  }
  Result<void> Allocate(std::uint64_t size) override { return below_->Allocate(size); }
  Result<void> Truncate(std::uint64_t size) override { return below_->Truncate(size); }
  Result<void> Sync() override {
    const Flush flush = fate_(path_);
    if (flush == Flush::kLied) return {};
    if (flush == Flush::kDone || flush == Flush::kUnseen) {
      if (auto synced = below_->Sync(); !synced) return synced;
    }
    if (flush == Flush::kDone) return {};
    return Fail(ErrorKind::kInternal, "the flush of " + path_ + " failed");
  }
  Result<std::uint64_t> Size() const override { return below_->Size(); }

 private:
  const std::unique_ptr<File> below_;
  const std::string path_;
  const WorldsDisk::Fate& fate_;
};

}  // namespace

Result<std::unique_ptr<File>> WorldsDisk::Open(std::string_view path, OpenMode mode) {
  auto file = below_.Open(path, mode);
  if (!file) return file;
  return std::make_unique<WorldsFile>(std::move(*file), std::string(path), fate_);
}

}  // namespace weir::world
