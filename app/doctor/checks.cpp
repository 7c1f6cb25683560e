// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/checks.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "net/url.hpp"

namespace weir::app::doctor {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLeastFree = 1ULL << 30;
constexpr std::uint64_t kGigabyte = 1'000'000'000;
constexpr auto kClockTolerance = std::chrono::minutes(2);
constexpr auto kReachPatience = std::chrono::seconds(5);
/// 2026-01-01: no gateway ran before.
constexpr Instant kEpochOfSense(std::chrono::seconds(1'767'225'600));

bool IsOfThisMachine(const std::string& host) {
  return host == "localhost" || host == "::1" || host == "0.0.0.0" || host.starts_with("127.");
}

/// When the youngest file in `folder` was written; nullopt when there is none.
std::optional<Instant> LastWritten(const std::string& folder) {
  std::optional<Instant> last;
  std::error_code failed;
  for (const auto& file : fs::directory_iterator(folder, failed)) {
    const auto written = fs::last_write_time(file, failed);
    if (failed) continue;
    const auto at =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::file_clock::to_sys(written));
    last = std::max(last.value_or(at), Instant(at));
  }
  return last;
}

}  // namespace

Finding CheckPublicUrl(const Config& config) {
  Finding finding{.subject = "public_url", .detail = config.server.public_url};
  if (config.server.public_url.empty()) {
    finding.detail = "not set; needed as soon as there is a connection";
    return finding;
  }
  const auto url = net::ParseUrl(config.server.public_url);
  finding.well = false;
  if (!url) {
    finding.detail = "is no URL: write it as platforms call it, e.g. https://gw.example.com";
  } else if (url->target.find('?') != std::string::npos) {
    finding.detail = "has a query: leave it out, it is part of the text platforms sign";
  } else if (IsOfThisMachine(url->host)) {
    finding.detail = config.server.public_url +
                     " is this machine's own: no platform reaches it; name the public address";
  } else if (!url->is_tls()) {
    finding.detail =
        config.server.public_url + " is not https: orders would travel readable; put TLS before it";
  } else {
    finding.well = true;
  }
  return finding;
}

Finding CheckRights(Disk& disk, const std::string& folder) {
  Finding finding{.subject = "folder", .well = false, .detail = {}};
  const std::string probe = folder + "/doctor.probe";
  const auto file = disk.Open(probe, OpenMode::kCreate);
  if (!file) {
    finding.detail =
        fmt::format("{}; make {} and give it to the gateway's user", file.error().message, folder);
    return finding;
  }
  if (auto removed = disk.Remove(probe); !removed) {
    finding.detail =
        fmt::format("{}; give {} to the gateway's user", removed.error().message, folder);
    return finding;
  }
  std::error_code failed;
  const auto rights = fs::status(folder, failed).permissions();
  if (failed || (rights & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) {
    finding.detail = fmt::format("{} is open to others: chmod 700 {}", folder, folder);
    return finding;
  }
  return {.subject = "folder", .detail = folder + " can be written, by this user only"};
}

Finding CheckSpace(Disk& disk, const std::string& folder) {
  const auto free = disk.FreeBytes(folder);
  if (!free) return {.subject = "disk", .well = false, .detail = free.error().message};
  const std::string amount =
      fmt::format("{:.1f} GB free", static_cast<double>(*free) / static_cast<double>(kGigabyte));
  if (*free < kLeastFree) {
    return {.subject = "disk",
            .well = false,
            .detail = amount + ": under 1 GiB pushes get 503; make room, or shorten journal_days"};
  }
  return {.subject = "disk", .detail = amount};
}

Finding CheckClock(const Clock& clock, const std::string& folder) {
  const Instant now = clock.Now();
  if (now < kEpochOfSense) {
    return {.subject = "clock",
            .well = false,
            .detail = ToRfc3339(now) + " is long past: set the clock, then run a time service"};
  }
  const auto last = LastWritten(folder + "/journal");
  if (last && *last > now + kClockTolerance) {
    return {.subject = "clock",
            .well = false,
            .detail = fmt::format("{} is before the journal's last write at {}: the clock was set "
                                  "back; set it, then run a time service",
                                  ToRfc3339(now), ToRfc3339(*last))};
  }
  return {.subject = "clock", .detail = ToRfc3339(now)};
}

Finding CheckReachable(const ConnectionConfig& connection) {
  const std::string subject = "platform " + connection.id;
  if (connection.base_url.empty()) {
    return {.subject = subject, .detail = "base_url is the platform's own; not asked"};
  }
  const auto url = net::ParseUrl(connection.base_url);
  if (!url) return {.subject = subject, .well = false, .detail = "base_url is no URL: correct it"};
  httplib::Client client(url->origin());
  client.set_connection_timeout(kReachPatience);
  client.set_read_timeout(kReachPatience);
  const auto answer = client.Get("/");
  if (!answer) {
    return {.subject = subject,
            .well = false,
            .detail = fmt::format("{} does not answer ({}): look at base_url, DNS and firewall",
                                  url->origin(), httplib::to_string(answer.error()))};
  }
  return {.subject = subject, .detail = url->origin() + " answers"};
}

}  // namespace weir::app::doctor
