// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/random.hpp"
#include "base/sealing.hpp"
#include "base/secret.hpp"

namespace weir::storage {

/// The key that was configured, in base64, and the one it takes the place of. Both empty: the key
/// is made beside the data.
struct EncryptionKeys {
  Secret current;
  Secret previous;
  friend bool operator==(const EncryptionKeys&, const EncryptionKeys&) = default;
};

/// One key that data is sealed with.
struct DataKey {
  std::uint32_t number = 0;  ///< Stands before what it sealed; from 1.
  SealingKey key;
};

/// The data keys of one folder, one per merchant and month, in its file `keys`, where they lie
/// wrapped: sealed with the configured key. A data key is in that file, durably, before it seals
/// anything. Callable from any thread.
class KeyRing {
 public:
  /// In the folder, where no key is configured: its key, in base64.
  static constexpr std::string_view kMadeKey = "encryption.key";
  static constexpr std::string_view kFile = "keys";

  /// Reads the folder's keys; makes the file, and without a configured key that key, where there
  /// is none yet. Keys wrapped with `previous` are wrapped with `current` instead, all at once.
  /// kUnauthorized, with what to do, when the configured key does not open them; kMalformed when
  /// the file is damaged.
  [[nodiscard]] static Result<std::shared_ptr<KeyRing>> Open(Disk& disk, Random& random,
                                                             const std::string& folder,
                                                             const EncryptionKeys& configured);
  /// As it is now, beside a process that holds the folder: nothing is written, and no key is made.
  [[nodiscard]] static Result<std::shared_ptr<KeyRing>> Read(Disk& disk, const std::string& folder,
                                                             const EncryptionKeys& configured);

  KeyRing(Disk& disk, Random& random, std::string folder, std::shared_ptr<const SealingKey> wrap);

  /// The key of a merchant for what happens at `at`; makes it, blocking, where there is none
  /// (kNotFound in a ring from Read). Stays valid as long as the ring.
  [[nodiscard]] Result<const DataKey*> For(std::string_view merchant, Instant at);
  /// nullptr when there is none of that number.
  [[nodiscard]] const DataKey* Find(std::uint64_t number) const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] SealNonces MakeNonces() const { return SealNonces(random_); }

  /// Whether the key lies beside the data it opens; then whoever copies the folder can read it.
  [[nodiscard]] bool beside_data() const { return beside_data_; }
  /// Whether the keys were wrapped with the previous key; Open has wrapped them anew.
  [[nodiscard]] bool rewrapped() const { return rewrapped_; }

 private:
  /// Months since the year 0, and the merchant.
  using Owner = std::pair<std::int64_t, std::string>;
  using OwnerView = std::pair<std::int64_t, std::string_view>;
  struct ByOwner {
    using is_transparent = void;
    bool operator()(const OwnerView& a, const OwnerView& b) const { return a < b; }
  };
  struct Held {
    Owner owner;
    std::string bytes;  ///< The key itself; wiped with the ring.
    DataKey key;
    Held(Owner its_owner, std::string its_bytes, std::uint32_t number)
        : owner(std::move(its_owner)),
          bytes(std::move(its_bytes)),
          key{number, SealingKey(bytes)} {}
    ~Held() { Wipe(bytes); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
  };

  [[nodiscard]] static Result<std::shared_ptr<KeyRing>> Load(Disk& disk, Random& random,
                                                             const std::string& folder,
                                                             const EncryptionKeys& configured);
  [[nodiscard]] Result<void> Decode(std::string_view bytes);
  [[nodiscard]] std::string Encode() const;
  [[nodiscard]] Result<void> Save() const;
  void Make(Owner owner);
  void Add(Owner owner, std::string bytes);

  Disk& disk_;
  Random& random_;
  const std::string folder_;
  std::shared_ptr<const SealingKey> wrap_;
  bool makes_keys_ = false;
  bool beside_data_ = false;
  bool rewrapped_ = false;
  mutable std::shared_mutex mutex_;
  std::deque<Held> held_;  ///< By number, from 1.
  std::map<Owner, std::uint32_t, ByOwner> numbers_;
};

}  // namespace weir::storage
