// SPDX-License-Identifier: Apache-2.0
#include "storage/memory/memory_callback_log.hpp"
#include "storage/memory/memory_storage.hpp"
#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {
namespace {

class MemoryWorld final : public StorageWorld {
 public:
  explicit MemoryWorld(EntrySink* sink) : storage_(clock, timer, sink) {}
  Storage& storage() override { return storage_; }
  CallbackLog& callbacks() override { return callbacks_; }
  void Step() override {}

 private:
  MemoryStorage storage_;
  MemoryCallbackLog callbacks_;
};

}  // namespace

std::unique_ptr<StorageWorld> MakeStorageWorld(EntrySink* sink) {
  return std::make_unique<MemoryWorld>(sink);
}

}  // namespace weir::storage
