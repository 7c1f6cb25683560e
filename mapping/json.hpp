// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "base/json_writer.hpp"

/// The one way JSON in a platform's payload is read: by simdjson's DOM, with every number turned
/// into text first. Money never passes a floating-point number, and ids of 20 digits stay whole.
namespace weir::mapping {

inline constexpr std::size_t kMaxJsonBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxJsonDepth = 32;

/// A parsed text. Owns what its values point into. Several may be open at a time; each borrows a
/// parser of its thread and gives it back when it ends, so it stays on the thread that made it.
class JsonDocument {
 public:
  /// kMalformed for text that is no JSON, is larger than kMaxJsonBytes or nests deeper than
  /// kMaxJsonDepth. Broken UTF-8 is repaired (U+FFFD), not refused.
  [[nodiscard]] static Result<JsonDocument> Parse(std::string_view text);

  [[nodiscard]] simdjson::dom::element root() const { return root_; }

 private:
  struct Workspace;
  struct GiveBack {
    void operator()(Workspace* workspace) const noexcept;
  };
  using Lease = std::unique_ptr<Workspace, GiveBack>;

  JsonDocument(Lease workspace, simdjson::dom::element root);
  [[nodiscard]] static Lease Borrow();

  Lease workspace_;
  simdjson::dom::element root_;
};

/// One value of a payload, however it is written: a form field, or a member of a JSON object.
/// Missing, null and "" are the same: empty. Points into the form or the document it comes from.
class Value {
 public:
  Value() = default;
  explicit Value(std::string_view text) : text_(text) {}
  explicit Value(simdjson::dom::element element);

  [[nodiscard]] bool empty() const { return kind_ == Kind::kText && text_.empty(); }
  /// Text, number, "true" or "false"; empty for arrays and objects.
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] bool is_array() const { return kind_ == Kind::kArray; }
  [[nodiscard]] bool is_object() const { return kind_ == Kind::kObject; }
  /// Only where is_array().
  [[nodiscard]] simdjson::dom::array array() const { return element_.get_array().value_unsafe(); }
  /// Only where is_object().
  [[nodiscard]] simdjson::dom::object object() const {
    return element_.get_object().value_unsafe();
  }

  /// Writes the value. Numbers and booleans come out as text, null as "": the same whether a
  /// platform sent a form or JSON.
  void Write(JsonWriter& json) const;

 private:
  enum class Kind : std::uint8_t { kText, kArray, kObject };

  Kind kind_ = Kind::kText;
  std::string_view text_;
  simdjson::dom::element element_;
};

/// An array or object that may come as JSON or as text that holds JSON. A text is parsed once,
/// here.
class Structure {
 public:
  /// An empty value opens as an empty root(). kMalformed when it is text that is no JSON.
  [[nodiscard]] static Result<Structure> Open(const Value& value);

  [[nodiscard]] const Value& root() const { return root_; }

 private:
  Structure() = default;

  std::optional<JsonDocument> document_;
  Value root_;
};

}  // namespace weir::mapping
