// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/sealing.hpp"
#include "storage/batch.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/words.hpp"
#include "storage/key_ring.hpp"

/// Texts as blobs of a SQLite file: compressed, then sealed. storage/README.md draws them.
namespace weir::storage {

/// Where a blob stands. It opens nowhere else, so none can be put in another's place.
struct BlobPlace {
  std::string_view table;
  std::int64_t key = 0;
  std::string_view id{};
};

/// Whose text it is, and of when: which data key seals it.
struct BlobOwner {
  std::string_view merchant;
  Instant at{};
};

/// One thread at a time. Throws Failure when a data key is needed that cannot be made.
class BlobPacker {
 public:
  /// `keys` outlives this.
  explicit BlobPacker(KeyRing& keys) : keys_(keys), nonces_(keys.MakeNonces()) {}

  /// Compressed with that dictionary of storage/dictionaries where the program has it and it pays.
  /// The blob lives until the next call.
  [[nodiscard]] Blob Pack(const BlobPlace& place, const BlobOwner& owner,
                          std::string_view dictionary, std::string_view text);

 private:
  KeyRing& keys_;
  SealNonces nonces_;
  std::string buffer_;
};

/// Throws Failure: kMalformed when the blob is damaged or stands elsewhere, kUnauthorized when its
/// key is not there. Reads what earlier versions left unsealed too.
[[nodiscard]] std::string UnpackText(const KeyRing& keys, const BlobPlace& place,
                                     std::string_view blob);

/// A change's subject and data in one blob: the data names the subject again, so that it costs
/// next to nothing.
struct ChangeContent {
  std::string subject;
  std::string data;
};
/// `change_key` is the change's in its table; `scratch` is reused.
[[nodiscard]] Blob PackContent(BlobPacker& packer, std::int64_t change_key, const ChangeRow& change,
                               std::string& scratch);
[[nodiscard]] ChangeContent UnpackContent(const KeyRing& keys, std::int64_t change_key,
                                          std::string_view blob);

}  // namespace weir::storage
