// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/config/config.hpp"
#include "base/clock.hpp"
#include "base/disk.hpp"

/// What can be wrong around a gateway, looked at from outside. Nothing is repaired; a probe file in
/// the data folder is removed again, and a stopped gateway's folder is opened as a start opens it.
namespace weir::app::doctor {

/// One thing looked at, one line.
struct Finding {
  std::string subject;  ///< "disk"
  bool well = true;
  std::string detail;  ///< What was found and, where it is not well, what to do.
};

[[nodiscard]] Finding CheckPublicUrl(const Config& config);
/// Rights of the data folder: this process must write in it, others must not read it.
[[nodiscard]] Finding CheckRights(Disk& disk, const std::string& folder);
[[nodiscard]] Finding CheckSpace(Disk& disk, const std::string& folder);
/// That the clock is not plainly wrong: not before this program was made, and not before what the
/// journal's files say was written.
[[nodiscard]] Finding CheckClock(const Clock& clock, const std::string& folder);
/// Data keys, journal and view. A running gateway's view is not read; its journal is.
[[nodiscard]] std::vector<Finding> CheckData(Disk& disk, const Clock& clock,
                                             const std::string& folder,
                                             const storage::EncryptionKeys& encryption = {});
/// That something answers HTTP at the platform's address, whatever it says.
[[nodiscard]] Finding CheckReachable(const ConnectionConfig& connection);

}  // namespace weir::app::doctor
