// SPDX-License-Identifier: Apache-2.0
#include "app/demo/checks.hpp"

#include <utility>

namespace weir::app::demo {
namespace {

constexpr std::size_t kDifferencesKept = 50;

}  // namespace

Checks::Checks(std::string title, std::vector<std::string> platforms)
    : title_(std::move(title)), platforms_(std::move(platforms)) {}

void Checks::Judge(std::size_t check, std::string_view platform, bool right,
                   const std::string& difference) {
  ++checks_[check].checked;
  if (!platform.empty()) ++checks_[check].of_platform[std::string(platform)];
  if (right) return;
  ++checks_[check].wrong;
  Keep(difference);
}

void Checks::NoteFailure(const std::string& failure) {
  ++failures_;
  Keep(failure);
}

void Checks::Keep(const std::string& difference) {
  if (differences_.size() < kDifferencesKept) differences_.push_back(difference);
}

std::uint64_t Checks::wrong() const {
  std::uint64_t sum = failures_;
  for (const Check& check : checks_) sum += check.wrong;
  return sum;
}

}  // namespace weir::app::demo
