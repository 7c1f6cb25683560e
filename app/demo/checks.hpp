// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace weir::app::demo {

/// What an audit checks, line by line, and what it found different.
class Checks {
 public:
  /// One line of the verdict.
  struct Check {
    std::string what;
    std::uint64_t checked = 0;
    std::uint64_t wrong = 0;
    /// Of `checked`, by platform, where the check is of one.
    std::map<std::string, std::uint64_t> of_platform{};
  };

  virtual ~Checks() = default;

  /// A call that failed and so kept the audit from seeing all.
  void NoteFailure(const std::string& failure);

  /// Nothing is wrong, and all that had to be seen was.
  [[nodiscard]] virtual bool ok() const = 0;
  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }
  [[nodiscard]] const std::vector<std::string>& platforms() const { return platforms_; }
  /// Each difference in a sentence, the first 50.
  [[nodiscard]] const std::vector<std::string>& differences() const { return differences_; }
  [[nodiscard]] std::uint64_t wrong() const;

 protected:
  /// `platforms`: the words of those that the checks are of.
  Checks(std::string title, std::vector<std::string> platforms);
  Checks(const Checks&) = default;
  Checks(Checks&&) = default;
  Checks& operator=(const Checks&) = default;
  Checks& operator=(Checks&&) = default;

  void Judge(std::size_t check, std::string_view platform, bool right,
             const std::string& difference);
  void Keep(const std::string& difference);

  std::vector<Check> checks_;

 private:
  std::string title_;
  std::vector<std::string> platforms_;
  std::vector<std::string> differences_;
  std::uint64_t failures_ = 0;
};

}  // namespace weir::app::demo
