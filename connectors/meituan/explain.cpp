// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>

#include "base/text.hpp"
#include "connectors/meituan/push.hpp"
#include "connectors/meituan/signer.hpp"

namespace weir::connectors::meituan {
namespace {

using mapping::meituan::Dialect;
using mapping::meituan::Encoding;
using mapping::meituan::Form;

}  // namespace

std::string Pushes::Explain(const net::Request& request) const {
  const Carried carried(request);
  const std::string url = UrlOf(request);
  std::string text;
  const auto say = [&text]<typename... Args>(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text), format, std::forward<Args>(args)...);
    text += '\n';
  };
  say("{} {}", request.method, request.path());
  say("signed URL: {}", url);
  for (const Encoding encoding : {Encoding::kDouble, Encoding::kSingle}) {
    const Dialect dialect{.encoding = encoding, .query_and_body = carried.query_and_body};
    say("\nread as \"{}\":", Name(dialect));
    const auto form = Form::Decode(carried.bytes, dialect);
    if (!form) {
      say("  {}", form.error().message);
      return text;
    }
    if (form->empty()) {
      say("  no field at all: a probe, answered ok");
      return text;
    }
    for (const auto& [name, value] : form->fields()) {
      say("  {} = {}", name, value);
    }
    say("  signed text: {}<app_secret>", SignedText(url, form->fields()));
    say("  md5 computed: {}", ToHex(Sign(url, form->fields(), credentials_.app_secret)));
    say("  md5 received: {}", form->Find("sig"));
    const auto checked = Check(carried.bytes, url, dialect);
    say("  verdict: {}", checked ? "the signature holds" : checked.error().message);
    if (checked) {
      break;
    }
  }
  return text;
}

}  // namespace weir::connectors::meituan
