// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/form.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace weir::mapping::meituan;  // NOLINT(google-build-using-namespace)

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void Check(std::string_view bytes, Dialect dialect) {
  const auto form = Form::Decode(bytes, dialect);
  if (!form) {
    return;
  }
  Require(form->fields().size() <= Form::kMaxFields);
  Require(std::ranges::is_sorted(form->fields(), {}, &FormField::name));
  std::size_t decoded = 0;
  for (const FormField& field : form->fields()) {
    decoded += field.name.size() + field.value.size();
    Require(form->Find(field.name).data() != nullptr);
  }
  Require(decoded <= bytes.size());
  Require(form->Content() == Form::Decode(bytes, dialect)->Content());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const Encoding encoding : {Encoding::kDouble, Encoding::kSingle}) {
    for (const bool both : {false, true}) {
      Check(bytes, {.encoding = encoding, .query_and_body = both});
    }
  }
  return 0;
}
