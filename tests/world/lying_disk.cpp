// SPDX-License-Identifier: Apache-2.0
#include "tests/world/lying_disk.hpp"

#include <utility>

namespace weir::world {
namespace {

class LyingFile final : public File {
 public:
  explicit LyingFile(std::unique_ptr<File> below) : below_(std::move(below)) {}
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> out) const override {
    return below_->ReadAt(offset, out);
  }
  Result<void> WriteAt(std::uint64_t offset, std::span<const std::byte> bytes) override {
    return below_->WriteAt(offset, bytes);
  }
  Result<void> Allocate(std::uint64_t size) override { return below_->Allocate(size); }
  Result<void> Truncate(std::uint64_t size) override { return below_->Truncate(size); }
  Result<void> Sync() override { return {}; }
  Result<std::uint64_t> Size() const override { return below_->Size(); }

 private:
  std::unique_ptr<File> below_;
};

}  // namespace

Result<std::unique_ptr<File>> LyingDisk::Open(std::string_view path, OpenMode mode) {
  auto file = PlainDisk::Open(path, mode);
  if (!file || path.find("/journal/") == std::string_view::npos) return file;
  return std::make_unique<LyingFile>(std::move(*file));
}

}  // namespace weir::world
