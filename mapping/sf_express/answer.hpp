// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "mapping/json.hpp"

namespace weir::mapping::sf_express {

/// The gateway let the call pass (protocol §1.5).
inline constexpr std::string_view kPassed = "A1000";
/// What was asked for is done.
inline constexpr std::string_view kDone = "S0000";

/// An answer in its two envelopes: the gateway's, and within it, as an object or as a text that
/// holds one, the service's. It stays on the thread that made it.
class Answer {
 public:
  /// kMalformed for what is no answer of the gateway's.
  [[nodiscard]] static Result<Answer> Parse(std::string_view body);

  /// The gateway's word, e.g. "A1005"; "A1000" when it passed.
  [[nodiscard]] std::string_view api_code() const { return api_code_.text(); }
  /// The service's, e.g. "8016"; empty where it says none.
  [[nodiscard]] std::string_view error_code() const;
  /// Passed, done, and no code that says otherwise.
  [[nodiscard]] bool succeeded() const;
  /// What the service says, whole.
  [[nodiscard]] const Value& service() const { return data_->root(); }
  /// Its `msgData`; empty without one.
  [[nodiscard]] Value message() const;

 private:
  Answer() = default;

  std::optional<JsonDocument> document_;
  Value api_code_;
  std::optional<Structure> data_;
};

}  // namespace weir::mapping::sf_express
