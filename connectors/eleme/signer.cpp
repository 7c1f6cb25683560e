// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/signer.hpp"

#include <algorithm>

namespace weir::connectors::eleme {

std::string CallText(std::string_view action, std::string_view token,
                     std::vector<Param> metas_and_params) {
  std::ranges::sort(metas_and_params, {}, &Param::name);
  std::string text(action);
  text += token;
  for (const auto& [name, json] : metas_and_params) {
    text.append(name).append("=").append(json);
  }
  return text;
}

std::string PushText(const mapping::eleme::Push::Fields& fields) {
  std::size_t size = 0;
  for (const auto& [name, value] : fields) {
    size += name.size() + 1 + value.size();
  }
  std::string text;
  text.reserve(size);
  for (const auto& [name, value] : fields) {
    text.append(name).append("=").append(value);
  }
  return text;
}

Md5Digest Sign(std::string_view text, const Secret& secret) {
  thread_local Md5Stream md5;
  md5.Update(text);
  md5.Update(secret.Reveal());
  return md5.Finish();
}

}  // namespace weir::connectors::eleme
