// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/form.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

#include "base/binary.hpp"

namespace weir::mapping::meituan {
namespace {

constexpr std::array<std::pair<std::string_view, Dialect>, 4> kDialects{{
    {"double", {.encoding = Encoding::kDouble, .query_and_body = false}},
    {"single", {.encoding = Encoding::kSingle, .query_and_body = false}},
    {"double+query", {.encoding = Encoding::kDouble, .query_and_body = true}},
    {"single+query", {.encoding = Encoding::kSingle, .query_and_body = true}},
}};

constexpr std::array<std::int8_t, 256> kHexValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (int i = 0; i < 10; ++i) {
    values[static_cast<std::size_t>('0' + i)] = static_cast<std::int8_t>(i);
  }
  for (int i = 0; i < 6; ++i) {
    values[static_cast<std::size_t>('a' + i)] = static_cast<std::int8_t>(10 + i);
    values[static_cast<std::size_t>('A' + i)] = static_cast<std::int8_t>(10 + i);
  }
  return values;
}();

/// The byte two hex digits mean; negative when one of them is none.
int HexPair(char high, char low) {
  const int a = kHexValues[static_cast<std::uint8_t>(high)];
  const int b = kHexValues[static_cast<std::uint8_t>(low)];
  return a < 0 || b < 0 ? -1 : a * 16 + b;
}

struct Decoded {
  char byte;
  const char* next;
};

/// The first byte of [at, end) decoded once.
Decoded DecodeOnce(const char* at, const char* end) {
  if (*at == '%' && end - at > 2) {
    if (const int byte = HexPair(at[1], at[2]); byte >= 0) {
      return {static_cast<char>(byte), at + 3};
    }
  }
  return {*at == '+' ? ' ' : *at, at + 1};
}

/// The same of what one decoding gave, without writing that down: values are decoded in one pass.
Decoded DecodeTwice(const char* at, const char* end) {
  // Nearly every byte of a message's text comes as "%25E7".
  if (end - at > 4 && at[0] == '%' && at[1] == '2' && at[2] == '5') {
    if (const int byte = HexPair(at[3], at[4]); byte >= 0) {
      return {static_cast<char>(byte), at + 5};
    }
  }
  const Decoded first = DecodeOnce(at, end);
  if (first.byte == '%' && first.next != end) {
    const Decoded high = DecodeOnce(first.next, end);
    if (high.next != end) {
      const Decoded low = DecodeOnce(high.next, end);
      if (const int byte = HexPair(high.byte, low.byte); byte >= 0) {
        return {static_cast<char>(byte), low.next};
      }
    }
  }
  return {first.byte == '+' ? ' ' : first.byte, first.next};
}

template <Decoded (*DecodeByte)(const char*, const char*)>
char* DecodeText(std::string_view text, char* out) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    if (*at != '%' && *at != '+') {
      *out++ = *at++;
      continue;
    }
    const auto [byte, next] = DecodeByte(at, end);
    *out++ = byte;
    at = next;
  }
  return out;
}

/// Decodes into a buffer that is large enough for all text ever given to it.
class Decoder {
 public:
  Decoder(char* out, Encoding encoding) : out_(out), twice_(encoding == Encoding::kDouble) {}

  std::string_view Name(std::string_view text) {
    return Since(std::exchange(out_, DecodeText<DecodeOnce>(text, out_)));
  }
  std::string_view Value(std::string_view text) {
    return Since(std::exchange(
        out_, twice_ ? DecodeText<DecodeTwice>(text, out_) : DecodeText<DecodeOnce>(text, out_)));
  }

 private:
  std::string_view Since(const char* begin) const {
    return {begin, static_cast<std::size_t>(out_ - begin)};
  }

  char* out_;
  bool twice_;
};

/// Cuts `rest` behind the first `separator` and returns what stood before it.
std::string_view Cut(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view head = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return head;
}

/// Appends the fields of one query or body; false when there are too many.
bool DecodeFields(std::string_view text, Decoder& decoder, std::vector<FormField>& fields) {
  while (!text.empty()) {
    std::string_view value = Cut(text, '&');
    if (value.empty()) {
      continue;
    }
    if (fields.size() == Form::kMaxFields) {
      return false;
    }
    const std::string_view name = decoder.Name(Cut(value, '='));
    fields.push_back({.name = name, .value = decoder.Value(value)});
  }
  return true;
}

}  // namespace

std::string_view Name(Dialect dialect) noexcept {
  return std::ranges::find(kDialects, dialect, &std::pair<std::string_view, Dialect>::second)
      ->first;
}

std::optional<Dialect> ParseDialect(std::string_view name) noexcept {
  const auto* const found =
      std::ranges::find(kDialects, name, &std::pair<std::string_view, Dialect>::first);
  return found == kDialects.end() ? std::nullopt : std::optional(found->second);
}

Result<Form> Form::Decode(std::string_view bytes, Dialect dialect) {
  Form form;
  form.arena_ = std::make_unique_for_overwrite<char[]>(bytes.size());
  form.fields_.reserve(64);
  Decoder decoder(form.arena_.get(), dialect.encoding);
  const std::string_view query = dialect.query_and_body ? Cut(bytes, '\n') : std::string_view();
  if (!DecodeFields(query, decoder, form.fields_) || !DecodeFields(bytes, decoder, form.fields_)) {
    return Fail(ErrorKind::kMalformed, "A push has more than 512 fields.");
  }
  // The arena keeps the order of arrival, which a stable sort needs.
  std::ranges::sort(form.fields_, [](const FormField& a, const FormField& b) {
    const auto order = a.name <=> b.name;
    return order != 0 ? order < 0 : std::less<>()(a.name.data(), b.name.data());
  });
  return form;
}

std::string_view Form::Find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(fields_, name, {}, &FormField::name);
  return found != fields_.end() && found->name == name ? found->value : std::string_view();
}

ContentDigest Form::Content() const {
  std::string framed;
  framed.reserve(4096);
  BinaryWriter writer(framed);
  for (const FormField& field : fields_) {
    if (!IsTransport(field.name)) {
      writer.Text(field.name);
      writer.Text(field.value);
    }
  }
  ContentHasher hasher;
  hasher.Update(framed);
  return hasher.Finish();
}

bool IsTransport(std::string_view name) noexcept {
  return name == "app_id" || name == "access_token" || name == "timestamp" || name == "sig";
}

}  // namespace weir::mapping::meituan
