// SPDX-License-Identifier: Apache-2.0
#include "storage/key_ring.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <mutex>
#include <optional>
#include <span>

#include "base/binary.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "base/whole_file.hpp"

namespace weir::storage {
namespace {

// "weir-key", read as a little-endian number.
constexpr std::uint64_t kMagic = 0x79656b2d72696577;
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderBytes = 8 + 8 + 4 + kSealOverhead;
constexpr std::size_t kCovered = 16;
constexpr std::size_t kWrappedBytes = kSealOverhead + kSealingKeyBytes;
constexpr std::uint64_t kMaxFileBytes = 1ULL << 30;
constexpr std::size_t kMaxKeyText = 256;

std::int64_t MonthOf(Instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return std::int64_t{static_cast<int>(day.year())} * 12 + static_cast<unsigned>(day.month()) - 1;
}

/// A wrapped key opens only in its own place.
std::string PlaceOf(std::uint64_t number, std::int64_t month, std::string_view merchant) {
  std::string place = "weir data key ";
  BinaryWriter writer(place);
  writer.U64(number);
  writer.SignedVarint(month);
  writer.Text(merchant);
  return place;
}

constexpr std::string_view kCheck = "weir data keys";

Result<std::shared_ptr<const SealingKey>> ParseConfigured(const Secret& secret) {
  return secret.empty() ? std::shared_ptr<const SealingKey>() : SealingKey::Parse(secret.Reveal());
}

/// The key beside the data; null when there is none.
Result<std::shared_ptr<const SealingKey>> ReadMadeKey(Disk& disk, const std::string& path) {
  auto text = ReadWhole(disk, path, kMaxKeyText);
  if (!text && text.error().kind == ErrorKind::kNotFound) return nullptr;
  if (!text) return std::unexpected(text.error());
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  auto key = SealingKey::Parse(*text);
  Wipe(*text);
  if (!key) return Fail(key.error().kind, path + ": " + key.error().message);
  return key;
}

Result<std::shared_ptr<const SealingKey>> MakeKey(Disk& disk, Random& random,
                                                  const std::string& folder) {
  std::string bytes(kSealingKeyBytes, '\0');
  random.Fill(std::as_writable_bytes(std::span(bytes)));
  auto text = ToBase64(bytes) + "\n";
  const auto written = ReplaceWhole(disk, fmt::format("{}/{}", folder, KeyRing::kMadeKey), text);
  auto key = std::make_shared<const SealingKey>(bytes);
  Wipe(bytes);
  Wipe(text);
  if (!written) return std::unexpected(written.error());
  return key;
}

bool Opens(const SealingKey& key, std::string_view check) {
  std::string nothing;
  return key.Unseal({kCheck}, check, nothing);
}

std::unexpected<Error> WrongKey(const std::string& folder, bool beside_data) {
  if (beside_data) {
    return Fail(ErrorKind::kUnauthorized,
                fmt::format("{0}/{1} does not open with {0}/{2}: put back the {2} that this folder "
                            "was made with, or set [storage] encryption_key to its key",
                            folder, KeyRing::kFile, KeyRing::kMadeKey));
  }
  return Fail(ErrorKind::kUnauthorized,
              fmt::format("{}/{} does not open with [storage] encryption_key: configure the key "
                          "this folder was made with; to change it, name the new one there and "
                          "the old one in encryption_key_previous. Nothing was changed",
                          folder, KeyRing::kFile));
}

}  // namespace

KeyRing::KeyRing(Disk& disk, Random& random, std::string folder,
                 std::shared_ptr<const SealingKey> wrap)
    : disk_(disk), random_(random), folder_(std::move(folder)), wrap_(std::move(wrap)) {}

Result<std::shared_ptr<KeyRing>> KeyRing::Load(Disk& disk, Random& random,
                                               const std::string& folder,
                                               const EncryptionKeys& configured) {
  const auto path = fmt::format("{}/{}", folder, kFile);
  auto current = ParseConfigured(configured.current);
  if (!current) return std::unexpected(current.error());
  auto previous = ParseConfigured(configured.previous);
  if (!previous) return std::unexpected(previous.error());
  const bool beside_data = *current == nullptr;
  if (beside_data) {
    current = ReadMadeKey(disk, fmt::format("{}/{}", folder, kMadeKey));
    if (!current) return std::unexpected(current.error());
  }
  const auto bytes = ReadWhole(disk, path, kMaxFileBytes);
  if (!bytes && bytes.error().kind != ErrorKind::kNotFound) return std::unexpected(bytes.error());
  auto ring = std::make_shared<KeyRing>(disk, random, folder, *current);
  ring->beside_data_ = beside_data;
  if (!bytes) return ring;
  if (*current == nullptr) {
    return Fail(ErrorKind::kUnauthorized,
                fmt::format("{0}/{1} is there, but the key that opens it is not: set [storage] "
                            "encryption_key, or put {2} back beside it",
                            folder, kFile, kMadeKey));
  }
  if (bytes->size() < kHeaderBytes) {
    return Fail(ErrorKind::kMalformed, path + " is damaged: put it back from a backup");
  }
  const auto check = std::string_view(*bytes).substr(kHeaderBytes - kSealOverhead, kSealOverhead);
  if (!Opens(**current, check)) {
    if (*previous == nullptr || !Opens(**previous, check)) return WrongKey(folder, beside_data);
    ring->wrap_ = *previous;
    ring->rewrapped_ = true;
  }
  if (auto decoded = ring->Decode(*bytes); !decoded) {
    return Fail(decoded.error().kind, path + " " + decoded.error().message);
  }
  ring->wrap_ = *current;
  return ring;
}

Result<std::shared_ptr<KeyRing>> KeyRing::Open(Disk& disk, Random& random,
                                               const std::string& folder,
                                               const EncryptionKeys& configured) {
  auto ring = Load(disk, random, folder, configured);
  if (!ring) return ring;
  (*ring)->makes_keys_ = true;
  const auto there = disk.Exists(fmt::format("{}/{}", folder, kFile));
  if (!there) return std::unexpected(there.error());
  if (*there && !(*ring)->rewrapped_) return ring;
  if ((*ring)->wrap_ == nullptr) {
    auto made = MakeKey(disk, random, folder);
    if (!made) return std::unexpected(made.error());
    (*ring)->wrap_ = *std::move(made);
  }
  if (auto saved = (*ring)->Save(); !saved) return std::unexpected(saved.error());
  return ring;
}

Result<std::shared_ptr<KeyRing>> KeyRing::Read(Disk& disk, const std::string& folder,
                                               const EncryptionKeys& configured) {
  static SystemRandom unused;
  return Load(disk, unused, folder, configured);
}

Result<const DataKey*> KeyRing::For(std::string_view merchant, Instant at) {
  const OwnerView owner{MonthOf(at), merchant};
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = numbers_.find(owner); found != numbers_.end()) {
      return &held_[found->second - 1].key;
    }
  }
  const std::unique_lock lock(mutex_);
  if (const auto found = numbers_.find(owner); found != numbers_.end()) {
    return &held_[found->second - 1].key;
  }
  if (!makes_keys_) return Fail(ErrorKind::kNotFound, "no key is made while only reading");
  const auto before = held_.size();
  Make({owner.first, std::string(merchant)});
  // Whoever was there last month will be back: the file is written once for all of them.
  for (std::size_t i = 0; i < before; ++i) {
    Owner other{owner.first, held_[i].owner.second};
    const bool was_there = held_[i].owner.first == owner.first - 1;
    if (was_there && !numbers_.contains(other)) Make(std::move(other));
  }
  if (auto saved = Save(); !saved) {
    // They may have become durable; later ones of the same numbers take their place, and nothing
    // was sealed with them.
    while (held_.size() > before) {
      numbers_.erase(held_.back().owner);
      held_.pop_back();
    }
    return std::unexpected(saved.error());
  }
  return &held_[before].key;
}

const DataKey* KeyRing::Find(std::uint64_t number) const {
  const std::shared_lock lock(mutex_);
  return number < 1 || number > held_.size() ? nullptr : &held_[number - 1].key;
}

std::size_t KeyRing::size() const {
  const std::shared_lock lock(mutex_);
  return held_.size();
}

void KeyRing::Make(Owner owner) {
  std::string bytes(kSealingKeyBytes, '\0');
  random_.Fill(std::as_writable_bytes(std::span(bytes)));
  Add(std::move(owner), std::move(bytes));
}

void KeyRing::Add(Owner owner, std::string bytes) {
  const auto number = static_cast<std::uint32_t>(held_.size() + 1);
  numbers_.emplace(owner, number);
  held_.emplace_back(std::move(owner), std::move(bytes), number);
}

std::string KeyRing::Encode() const {
  auto nonces = MakeNonces();
  std::string rest;
  BinaryWriter writer(rest);
  writer.U32(kVersion);
  rest.resize(rest.size() + kSealOverhead);
  const auto check = std::span(rest).last(kSealOverhead);
  nonces.Put(check);
  wrap_->Seal({kCheck}, check);
  for (const Held& held : held_) {
    writer.SignedVarint(held.owner.first);
    writer.Text(held.owner.second);
    const auto start = rest.size();
    rest.resize(start + kWrappedBytes);
    held.bytes.copy(rest.data() + start + kSealNonceBytes, kSealingKeyBytes);
    const auto room = std::span(rest).last(kWrappedBytes);
    nonces.Put(room);
    wrap_->Seal({PlaceOf(held.key.number, held.owner.first, held.owner.second)}, room);
  }
  std::string bytes;
  BinaryWriter head(bytes);
  head.U64(kMagic);
  head.U64(Checksum(rest));
  return bytes + rest;
}

Result<void> KeyRing::Decode(std::string_view bytes) {
  BinaryReader reader(bytes);
  const auto magic = reader.U64();
  const auto checksum = reader.U64();
  if (magic != kMagic || checksum != Checksum(bytes.substr(kCovered))) {
    return Fail(ErrorKind::kMalformed, "is damaged: put it back from a backup");
  }
  if (reader.U32() != kVersion) {
    return Fail(ErrorKind::kRejected, "was made by a newer version of this program");
  }
  auto rest = reader.rest().substr(kSealOverhead);
  while (!rest.empty()) {
    BinaryReader row(rest);
    const auto month = row.SignedVarint();
    const std::string merchant(row.Text());
    const auto wrapped = row.rest().substr(0, kWrappedBytes);
    std::string key;
    if (!row.ok() || wrapped.size() != kWrappedBytes ||
        !wrap_->Unseal({PlaceOf(held_.size() + 1, month, merchant)}, wrapped, key)) {
      return Fail(ErrorKind::kMalformed, "is damaged: put it back from a backup");
    }
    Add({month, merchant}, std::move(key));
    rest = row.rest().substr(kWrappedBytes);
  }
  return {};
}

Result<void> KeyRing::Save() const {
  return ReplaceWhole(disk_, fmt::format("{}/{}", folder_, kFile), Encode());
}

}  // namespace weir::storage
