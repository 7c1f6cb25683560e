// SPDX-License-Identifier: Apache-2.0
#include "model/masking.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>

#include "model/erasing.hpp"

namespace weir::model {
namespace {

enum class Mask {
  kFields,  ///< An object whose members have rules of their own.
  kEach,    ///< An array of such objects.
  kName,    ///< "张三" -> "张**"
  kPhone,   ///< "13812341234" -> "138****1234"
  kHidden,  ///< "示例路1号" -> "***"
  kDigits,  ///< "打13812341234" -> "打*******"
  kEmpty,   ///< "示例路1号" -> ""
  kNull,
  kNoFields,  ///< {}
  kNoItems,   ///< []
  kMarked,    ///< An array, with the issue of an erased record at its beginning.
};

bool IsForText(Mask mask) {
  return mask == Mask::kName || mask == Mask::kPhone || mask == Mask::kHidden ||
         mask == Mask::kDigits || mask == Mask::kEmpty;
}

/// How the member `name` is masked; members without a rule are shown.
struct Rule {
  std::string_view name;
  Mask mask;
  std::span<const Rule> fields{};
};

constexpr Rule kPerson[] = {
    {"name", Mask::kName},      {"phone", Mask::kPhone},   {"phone_extension", Mask::kHidden},
    {"address", Mask::kHidden}, {"latitude", Mask::kNull}, {"longitude", Mask::kNull},
    {"company", Mask::kHidden},
};
constexpr Rule kStep[] = {{"key", Mask::kDigits}, {"text", Mask::kDigits}};
constexpr Rule kDelivery[] = {{"rider", Mask::kFields, kPerson}};
constexpr Rule kInvoice[] = {{"title", Mask::kHidden}, {"tax_id", Mask::kHidden}};
constexpr Rule kItem[] = {{"note", Mask::kDigits}};
constexpr Rule kReasoned[] = {{"reason", Mask::kDigits}};
constexpr Rule kWritten[] = {{"text", Mask::kDigits}};
constexpr Rule kRecord[] = {
    {"customer", Mask::kFields, kPerson},
    {"delivery", Mask::kFields, kDelivery},
    {"invoice", Mask::kFields, kInvoice},
    {"items", Mask::kEach, kItem},
    {"refunds", Mask::kEach, kReasoned},
    {"remark", Mask::kDigits},
    {"text", Mask::kDigits},
    {"reply", Mask::kFields, kWritten},
    {"follow_ups", Mask::kEach, kWritten},
    {"rider", Mask::kFields, kPerson},
    {"sender", Mask::kFields, kPerson},
    {"receiver", Mask::kFields, kPerson},
    {"tracking", Mask::kEach, kStep},
    {"cancel_reason", Mask::kDigits},
    {"rider_asks", Mask::kFields, kReasoned},
    {"extra", Mask::kNoFields},
};

constexpr Rule kErasedPerson[] = {
    {"name", Mask::kEmpty},
    {"phone", Mask::kEmpty},
    {"phone_extension", Mask::kEmpty},
    {"phone_kind", Mask::kEmpty},
    {"address", Mask::kEmpty},
    {"latitude", Mask::kNull},
    {"longitude", Mask::kNull},
    {"coordinate_system", Mask::kEmpty},
};
constexpr Rule kErasedItem[] = {{"note", Mask::kEmpty}};
constexpr Rule kErasedRefund[] = {{"reason", Mask::kEmpty}};
constexpr Rule kErasedWritten[] = {{"text", Mask::kEmpty}};
constexpr Rule kErasedRecord[] = {
    {"customer", Mask::kFields, kErasedPerson},
    {"invoice", Mask::kNull},
    {"items", Mask::kEach, kErasedItem},
    {"refunds", Mask::kEach, kErasedRefund},
    {"remark", Mask::kEmpty},
    {"text", Mask::kEmpty},
    {"pictures", Mask::kNoItems},
    {"reply", Mask::kFields, kErasedWritten},
    {"follow_ups", Mask::kEach, kErasedWritten},
    {"extra", Mask::kNoFields},
    {"issues", Mask::kMarked},
};
/// As BodyWriter writes it.
constexpr std::string_view kErasedMark = R"({"code":"erased","detail":""})";
static_assert(kErasedIssue == "erased");

constexpr std::size_t kLongRun = 7;
constexpr std::size_t kShortestShownPhone = 11;
constexpr std::string_view kStars = "*******";

/// The size of the character `text` begins with, which is not empty: a JSON escape counts as one.
std::size_t CharacterSize(std::string_view text) {
  if (text[0] == '\\')
    return std::min<std::size_t>(text.substr(1).starts_with('u') ? 6 : 2, text.size());
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

/// 0-9 in their plain and their full-width form.
bool IsDigit(std::string_view character) {
  if (character.size() == 1) return character[0] >= '0' && character[0] <= '9';
  return character.size() == 3 && character.starts_with("\xEF\xBC") && character[2] >= '\x90' &&
         character[2] <= '\x99';
}

bool MayPartDigits(std::string_view character) {
  return character.size() == 1 && std::string_view(" -._").contains(character[0]);
}

/// The run of digits at the start of `text`, single separators between them included.
struct Run {
  std::size_t digits = 0;
  std::size_t size = 0;
};

Run TakeRun(std::string_view text) {
  Run run;
  std::size_t at = 0;
  bool parted = true;
  while (at < text.size()) {
    const auto character = text.substr(at, CharacterSize(text.substr(at)));
    at += character.size();
    if (IsDigit(character)) {
      ++run.digits;
      run.size = at;
      parted = false;
    } else if (parted || !MayPartDigits(character)) {
      break;
    } else {
      parted = true;
    }
  }
  return run;
}

// The texts below are what stands between the quotes, escapes included.

void AppendName(std::string& out, std::string_view text) {
  if (text.empty()) return;
  out.append(text.substr(0, CharacterSize(text))).append("**");
}

void AppendPhone(std::string& out, std::string_view text) {
  if (text.empty()) return;
  const bool plain = text.find_first_not_of("0123456789+-* ") == std::string_view::npos;
  if (!plain || text.size() < kShortestShownPhone) {
    out.append("****");
  } else {
    out.append(text.substr(0, 3)).append("****").append(text.substr(text.size() - 4));
  }
}

void AppendWithoutLongRuns(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const Run run = TakeRun(text);
    const std::size_t size = run.digits > 0 ? run.size : CharacterSize(text);
    out.append(run.digits >= kLongRun ? kStars : text.substr(0, size));
    text.remove_prefix(size);
  }
}

/// Copies one record, masking on the way. Every function takes what it names off the input and
/// returns false where the input is something else.
class Masker {
 public:
  Masker(std::string& out, std::string_view json) : out_(out), rest_(json) {}

  bool Record(std::span<const Rule> rules) { return Object(rules) && rest_.empty(); }

 private:
  [[nodiscard]] bool At(char c) const { return rest_.starts_with(c); }

  bool Take(char c) {
    if (!At(c)) return false;
    rest_.remove_prefix(1);
    out_.push_back(c);
    return true;
  }

  /// A string, without its quotes; nothing is copied.
  std::optional<std::string_view> String() {
    if (!At('"')) return std::nullopt;
    std::size_t end = 0;
    std::size_t backslashes = 0;
    do {  // a quote behind an odd number of backslashes is part of the text
      end = rest_.find('"', end + 1);
      if (end == std::string_view::npos) return std::nullopt;
      for (backslashes = 0; rest_[end - 1 - backslashes] == '\\';) ++backslashes;
    } while (backslashes % 2 != 0);
    const auto text = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return text;
  }

  /// Any value; nothing is copied.
  std::optional<std::string_view> Value() {
    const std::string_view before = rest_;
    std::size_t depth = 0;
    do {
      if (At('"')) {
        if (!String()) return std::nullopt;
      } else if (At('{') || At('[')) {
        ++depth;
        rest_.remove_prefix(1);
      } else if (depth > 0 && (At('}') || At(']'))) {
        --depth;
        rest_.remove_prefix(1);
      } else {
        const auto size = rest_.find_first_of(depth > 0 ? "\"{}[]" : ",}]");
        if (size == 0 || size == std::string_view::npos) return std::nullopt;
        rest_.remove_prefix(size);
      }
    } while (depth > 0);
    return before.substr(0, before.size() - rest_.size());
  }

  bool Object(std::span<const Rule> rules) {
    if (!Take('{')) return false;
    if (Take('}')) return true;
    do {
      const auto name = String();
      if (!name) return false;
      out_.append("\"").append(*name).append("\"");
      if (!Take(':') || !Member(*name, rules)) return false;
    } while (Take(','));
    return Take('}');
  }

  bool Array(std::span<const Rule> rules) {
    if (!Take('[')) return false;
    if (Take(']')) return true;
    do {
      if (!Object(rules)) return false;
    } while (Take(','));
    return Take(']');
  }

  bool Member(std::string_view name, std::span<const Rule> rules) {
    for (const Rule& rule : rules) {
      if (rule.name == name) return Masked(rule);
    }
    const auto value = Value();
    if (value) out_.append(*value);
    return value.has_value();
  }

  bool Masked(const Rule& rule) {
    if (rule.mask == Mask::kFields && At('{')) return Object(rule.fields);
    if (rule.mask == Mask::kEach && At('[')) return Array(rule.fields);
    const bool text = At('"');
    const auto value = Value();
    if (!value) return false;
    if (rule.mask == Mask::kMarked) {
      return Marked(*value);
    }
    if (rule.mask == Mask::kNoFields) {
      out_.append("{}");
    } else if (rule.mask == Mask::kNoItems) {
      out_.append("[]");
    } else if (!text || !IsForText(rule.mask)) {
      out_.append("null");
    } else {
      out_.push_back('"');
      Text(rule.mask, value->substr(1, value->size() - 2));
      out_.push_back('"');
    }
    return true;
  }

  bool Marked(std::string_view issues) {
    if (!issues.starts_with('[')) return false;
    const auto others = issues.substr(1);
    out_.push_back('[');
    if (!others.starts_with(kErasedMark)) {
      out_.append(kErasedMark);
      if (!others.starts_with(']')) out_.push_back(',');
    }
    out_.append(others);
    return true;
  }

  void Text(Mask mask, std::string_view text) {
    if (mask == Mask::kName) {
      AppendName(out_, text);
    } else if (mask == Mask::kPhone) {
      AppendPhone(out_, text);
    } else if (mask == Mask::kDigits) {
      AppendWithoutLongRuns(out_, text);
    } else if (mask == Mask::kHidden && !text.empty()) {
      out_.append("***");
    }
  }

  std::string& out_;
  std::string_view rest_;
};

}  // namespace

void AppendMasked(std::string& out, std::string_view json) {
  const std::size_t before = out.size();
  if (Masker(out, json).Record(kRecord)) return;
  out.resize(before);
  out.append("null");
}

bool AppendErased(std::string& out, std::string_view json) {
  const std::size_t before = out.size();
  if (Masker(out, json).Record(kErasedRecord)) return true;
  out.resize(before);
  return false;
}

void AppendRecord(std::string& out, std::string_view json, bool personal) {
  if (personal) {
    out.append(json);
  } else {
    AppendMasked(out, json);
  }
}

}  // namespace weir::model
