// SPDX-License-Identifier: Apache-2.0
#include "storage/dictionary.hpp"

#include <zstd.h>

#include <mutex>
#include <new>
#include <vector>

#include "storage/embedded_dictionaries.hpp"

namespace weir::storage {
namespace {

constexpr int kLevel = 1;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};

template <typename T>
using Owned = std::unique_ptr<T, FreeContext>;

template <typename T>
T* Made(T* made) {
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

ZSTD_CCtx* Compressor() {
  thread_local const Owned<ZSTD_CCtx> context = [] {
    Owned<ZSTD_CCtx> made(Made(ZSTD_createCCtx()));
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_checksumFlag, 0);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_dictIDFlag, 0);
    return made;
  }();
  return context.get();
}

ZSTD_DCtx* Decompressor() {
  thread_local const Owned<ZSTD_DCtx> context(Made(ZSTD_createDCtx()));
  return context.get();
}

std::vector<Dictionary> MakeAll() {
  std::vector<Dictionary> all;
  for (const auto& one : EmbeddedDictionaries()) {
    all.emplace_back(
        one.id, std::string(one.name),
        std::string_view(reinterpret_cast<const char*>(one.bytes.data()), one.bytes.size()));
  }
  return all;
}

}  // namespace

struct Dictionary::Digested {
  std::once_flag once;
  Owned<ZSTD_CDict> compress;
  Owned<ZSTD_DDict> decompress;

  const Digested& Get(std::string_view bytes) {
    std::call_once(once, [&] {
      compress.reset(Made(ZSTD_createCDict(bytes.data(), bytes.size(), kLevel)));
      decompress.reset(Made(ZSTD_createDDict(bytes.data(), bytes.size())));
    });
    return *this;
  }
};

Dictionary::Dictionary(std::uint32_t id, std::string name, std::string_view bytes)
    : id_(id), name_(std::move(name)), bytes_(bytes), digested_(std::make_unique<Digested>()) {}
Dictionary::~Dictionary() = default;
Dictionary::Dictionary(Dictionary&&) noexcept = default;

std::span<const Dictionary> Dictionary::All() noexcept {
  static const std::vector<Dictionary> all = MakeAll();
  return all;
}

const Dictionary* Dictionary::ById(std::uint32_t id) noexcept {
  for (const auto& one : All()) {
    if (one.id() == id) return &one;
  }
  return nullptr;
}

const Dictionary* Dictionary::ByName(std::string_view name) noexcept {
  const Dictionary* newest = nullptr;
  for (const auto& one : All()) {
    if (one.name() == name && (newest == nullptr || newest->id() < one.id())) newest = &one;
  }
  return newest;
}

void Compress(const Dictionary* dictionary, std::string_view text, std::string& out) {
  ZSTD_CCtx* const context = Compressor();
  const auto* digested =
      dictionary == nullptr ? nullptr : &dictionary->digested_->Get(dictionary->bytes_);
  ZSTD_CCtx_refCDict(context, digested == nullptr ? nullptr : digested->compress.get());
  const auto start = out.size();
  out.resize(start + ZSTD_compressBound(text.size()));
  const auto size =
      ZSTD_compress2(context, out.data() + start, out.size() - start, text.data(), text.size());
  // The room suffices and the parameters are ours: only memory can be missing.
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();
  out.resize(start + size);
}

Result<std::string> Decompress(const Dictionary* dictionary, std::string_view bytes,
                               std::size_t size_limit) {
  const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    return Fail(ErrorKind::kMalformed,
                "compressed bytes do not begin with a frame that has a size");
  }
  if (size > size_limit) {
    return Fail(ErrorKind::kMalformed, "compressed bytes claim more than they may hold");
  }
  const auto* digested =
      dictionary == nullptr ? nullptr : &dictionary->digested_->Get(dictionary->bytes_);
  std::string out(size, '\0');
  const auto got =
      ZSTD_decompress_usingDDict(Decompressor(), out.data(), out.size(), bytes.data(), bytes.size(),
                                 digested == nullptr ? nullptr : digested->decompress.get());
  if (ZSTD_isError(got) != 0) {
    return Fail(ErrorKind::kMalformed,
                std::string("compressed bytes are damaged: ") + ZSTD_getErrorName(got));
  }
  if (got != size) return Fail(ErrorKind::kMalformed, "compressed bytes hold less than they claim");
  return out;
}

}  // namespace weir::storage
