// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/files.hpp"

#include <fstream>
#include <iterator>

#include "base/text.hpp"

namespace weir::e2e {

namespace fs = std::filesystem;

std::string TextOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void AddForms(std::set<std::string>& needles, const std::string& text) {
  // Shorter ones come about by chance.
  if (text.size() < 6) return;
  const std::string once = PercentEncode(text);
  const std::string twice = PercentEncode(once);
  for (const std::string& form : {text, once, twice, ToLower(once), ToLower(twice)}) {
    needles.insert(form);
  }
}

std::vector<std::string> Grep(const std::string& folder, const std::set<std::string>& needles) {
  std::vector<std::string> found;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = TextOf(file.path());
    for (const std::string& needle : needles) {
      if (bytes.find(needle) == std::string::npos) continue;
      found.push_back(file.path().filename().string() + ": " + needle);
    }
  }
  return found;
}

}  // namespace weir::e2e
