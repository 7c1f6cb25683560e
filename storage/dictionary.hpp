// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

/// Compression of what is stored: zstd level 1, with dictionaries trained for one kind of text.
///
/// The dictionaries ship inside the program, from storage/dictionaries/<id>-<name>.zdict. What was
/// compressed with one can only be read with it, so a file there is never changed or removed: a
/// better dictionary of the same name gets a higher id.
namespace weir::storage {

/// A dictionary, digested for both ways once, when first needed. Callable from any thread.
class Dictionary {
 public:
  /// `bytes` must stay alive as long as the dictionary.
  Dictionary(std::uint32_t id, std::string name, std::string_view bytes);
  ~Dictionary();
  Dictionary(Dictionary&&) noexcept;

  /// A dictionary of this program; nullptr when it has none like that (0 is none).
  [[nodiscard]] static const Dictionary* ById(std::uint32_t id) noexcept;
  /// The newest dictionary of that name, e.g. "meituan", "order_json".
  [[nodiscard]] static const Dictionary* ByName(std::string_view name) noexcept;
  /// All of this program's.
  [[nodiscard]] static std::span<const Dictionary> All() noexcept;

  [[nodiscard]] std::uint32_t id() const { return id_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  friend void Compress(const Dictionary* dictionary, std::string_view text, std::string& out);
  friend Result<std::string> Decompress(const Dictionary* dictionary, std::string_view bytes,
                                        std::size_t size_limit);
  struct Digested;

  std::uint32_t id_;
  std::string name_;
  std::string_view bytes_;
  std::unique_ptr<Digested> digested_;
};

/// Appends `text`, compressed, to `out`. `dictionary` may be null. Nothing in the result names the
/// dictionary: keep its id beside it. Throws std::bad_alloc only.
void Compress(const Dictionary* dictionary, std::string_view text, std::string& out);

/// What Compress was given. kMalformed when the bytes are damaged, were made with another
/// dictionary, or claim more than `size_limit` (before that much is allocated).
[[nodiscard]] Result<std::string> Decompress(const Dictionary* dictionary, std::string_view bytes,
                                             std::size_t size_limit);

}  // namespace weir::storage
