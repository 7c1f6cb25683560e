// SPDX-License-Identifier: Apache-2.0
#include "app/demo/lines.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/money.hpp"

namespace weir::app::demo {
namespace {

constexpr const char* kColumns = "{:<12} {:>7}  {:<24} {:<28} {:>4}  {:<15} {:>8} {:>8}\n";

std::string TextAt(const nlohmann::json& record, const char* path) {
  const nlohmann::json::json_pointer pointer(path);
  if (!record.contains(pointer) || !record.at(pointer).is_string()) return "";
  return record.at(pointer).get<std::string>();
}

std::string YuanAt(const nlohmann::json& record, const char* path) {
  const nlohmann::json::json_pointer pointer(path);
  if (!record.contains(pointer) || !record.at(pointer).is_number_integer()) return "-";
  return Money::FromFen(record.at(pointer).get<std::int64_t>()).ToYuan();
}

std::string TimeOfDay(const Change& change) {
  constexpr std::size_t kBegin = 11;  // Behind "2026-11-22T".
  constexpr std::size_t kLength = 12;
  return ToRfc3339(change.at).substr(kBegin, kLength);
}

/// The table of one audit's checks.
std::string TableOf(const Checks& audit) {
  constexpr const char* kSums = " {:>7} {:>5}\n";
  std::size_t width = 0;
  for (const Checks::Check& check : audit.checks()) width = std::max(width, check.what.size());
  std::string text = fmt::format("{:<{}}", audit.title(), width);
  // A word that is wider than its column widens it.
  const auto column = [](const std::string& platform) {
    return std::max<std::size_t>(platform.size(), 7);
  };
  for (const std::string& platform : audit.platforms()) {
    text += fmt::format(" {:>{}}", platform, column(platform));
  }
  text += fmt::format(kSums, "checked", "wrong");
  for (const Checks::Check& check : audit.checks()) {
    text += fmt::format("{:<{}}", check.what, width);
    for (const std::string& platform : audit.platforms()) {
      const auto found = check.of_platform.find(platform);
      const std::string count =
          found == check.of_platform.end() ? std::string() : std::to_string(found->second);
      text += fmt::format(" {:>{}}", count, column(platform));
    }
    text += fmt::format(kSums, check.checked, check.wrong);
  }
  return text;
}

}  // namespace

std::string ChangeHeading() {
  return fmt::format(kColumns, "time, UTC", "seq", "change", "order", "no", "status", "paid",
                     "refunded");
}

std::string ChangeLine(const Change& change) {
  return fmt::format(kColumns, TimeOfDay(change), change.seq, change.type, change.subject,
                     TextAt(change.data, "/display_no"), TextAt(change.data, "/status"),
                     YuanAt(change.data, "/totals/paid"), YuanAt(change.data, "/totals/refunded"));
}

std::string ShipmentLine(const Change& change) {
  const std::string fee = YuanAt(change.data, "/fee");
  const auto tracking = change.data.find("tracking");
  const std::size_t steps = tracking == change.data.end() ? 0 : tracking->size();
  const std::string former = TextAt(change.data, "/predecessor");
  return fmt::format("{:<12} {:>7}  {:<24} {:<28} {:>4}  {:<16} {:<9} {:>7} {:>2} steps{}\n",
                     TimeOfDay(change), change.seq, change.type, change.subject, "",
                     TextAt(change.data, "/status"), TextAt(change.data, "/connection"), fee, steps,
                     former.empty() ? "" : ", in the place of " + former);
}

bool IsMishap(const Change& change) {
  if (change.type == "shipment.created") return !TextAt(change.data, "/predecessor").empty();
  return change.type == "shipment.status_changed" && TextAt(change.data, "/status") == "cancelled";
}

std::string RatesLine(std::chrono::seconds at, const Figures& before, const Figures& now,
                      std::chrono::milliseconds elapsed, std::chrono::milliseconds lag) {
  const auto rate = [elapsed](std::uint64_t earlier, std::uint64_t later) {
    const auto milliseconds =
        static_cast<std::uint64_t>(std::max<std::int64_t>(elapsed.count(), 1));
    return (std::max(later, earlier) - earlier) * 1000 / milliseconds;
  };
  return fmt::format(
      "--- {:>3} s  {} orders | a second: {} pushes, {} ok, {} duplicates, {} refused, "
      "{} changes | lag {} ms\n",
      at.count(), now.orders, rate(before.pushes, now.pushes),
      rate(before.answered_ok, now.answered_ok), rate(before.duplicates, now.duplicates),
      rate(before.refused, now.refused), rate(before.changes, now.changes), lag.count());
}

std::string LivingTable(std::chrono::seconds at, const std::vector<Row>& rows,
                        std::chrono::milliseconds lag) {
  constexpr const char* kTable = "{:<10} {:>7} {:>8} {:>8} {:>10} {:>7} {:>8} {:>9}\n";
  std::string text = fmt::format(kTable, "platform", "orders", "pushes", "ok", "duplicates",
                                 "refused", "feed", "callbacks");
  for (const auto& [name, figures] : rows) {
    text += fmt::format(kTable, name, figures.orders, figures.pushes, figures.answered_ok,
                        figures.duplicates, figures.refused, figures.changes, figures.callbacks);
  }
  return text + fmt::format("{} s, the feed's reader is {} ms behind\n", at.count(), lag.count());
}

std::string CourierTable(const std::vector<CourierRow>& rows) {
  constexpr const char* kTable = "{:<10} {:>7} {:>8} {:>8} {:>8} {:>7} {:>8} {:>9} {:>5}\n";
  std::string text = fmt::format(kTable, "courier", "carried", "pushes", "ok", "doubled", "refused",
                                 "calls", "cancelled", "moved");
  for (const auto& [name, figures] : rows) {
    text += fmt::format(kTable, name, figures.shipments, figures.pushes, figures.answered_ok,
                        figures.duplicates, figures.refused, figures.calls, figures.cancelled,
                        figures.taken_over);
  }
  return text;
}

std::string CourierLine(const std::vector<CourierRow>& rows) {
  std::string text = "---   ";
  for (const auto& [name, figures] : rows) {
    text += fmt::format(" | {}: {} carried, {} cancelled, {} taken over", name, figures.shipments,
                        figures.cancelled, figures.taken_over);
  }
  return text + '\n';
}

std::string Over(std::string_view before, std::string_view text) {
  std::string drawn;
  if (!before.empty()) drawn = fmt::format("\x1b[{}F", std::ranges::count(before, '\n'));
  for (const char letter : text) drawn.append(letter == '\n' ? "\x1b[K\n" : std::string(1, letter));
  return drawn;
}

Figures Sum(const std::vector<Row>& rows) {
  Figures sum;
  for (const auto& [name, figures] : rows) {
    sum.orders += figures.orders;
    sum.pushes += figures.pushes;
    sum.answered_ok += figures.answered_ok;
    sum.duplicates += figures.duplicates;
    sum.refused += figures.refused;
    sum.changes += figures.changes;
    sum.callbacks += figures.callbacks;
  }
  return sum;
}

std::string AuditText(std::initializer_list<const Checks*> audits) {
  std::string text;
  std::uint64_t wrong = 0;
  for (const Checks* audit : audits) {
    if (!text.empty()) text += '\n';
    text += TableOf(*audit);
    wrong += audit->wrong();
  }
  for (const Checks* audit : audits) {
    for (const std::string& difference : audit->differences())
      text += "wrong: " + difference + '\n';
  }
  if (std::ranges::all_of(audits, &Checks::ok)) return text + "audit: ok\n";
  if (wrong == 0) return text + "audit: failed, nothing flowed\n";
  return text + fmt::format("audit: failed, {} differences\n", wrong);
}

}  // namespace weir::app::demo
