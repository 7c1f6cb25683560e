// SPDX-License-Identifier: Apache-2.0
#include "tests/storage/embedded/embedded_world.hpp"

namespace weir::storage {

std::unique_ptr<StorageWorld> MakeStorageWorld(EntrySink* sink) {
  auto world = std::make_unique<EmbeddedWorld>(sink);
  if (const auto opened = world->Open(); !opened) throw std::runtime_error(opened.error().message);
  return world;
}

}  // namespace weir::storage
