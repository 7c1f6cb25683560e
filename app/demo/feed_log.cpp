// SPDX-License-Identifier: Apache-2.0
#include "app/demo/feed_log.hpp"

#include <fmt/format.h>

#include <utility>

namespace weir::app::demo {
namespace {

constexpr std::size_t kFaultsKept = 20;

struct Page {
  std::vector<Change> changes;
  std::uint64_t next = 0;
};

Result<Page> Parse(std::string_view text) {
  Page page;
  try {
    auto answer = nlohmann::json::parse(text);
    page.next = answer.at("next").get<std::uint64_t>();
    for (auto& item : answer.at("data")) {
      auto at = ParseRfc3339(item.at("at").get<std::string>());
      if (!at) return std::unexpected(at.error());
      page.changes.push_back({.seq = item.at("seq").get<std::uint64_t>(),
                              .type = item.at("type").get<std::string>(),
                              .subject = item.at("subject").get<std::string>(),
                              .at = *at,
                              .version = item.at("version").get<std::uint64_t>(),
                              .data = std::move(item.at("data"))});
    }
  } catch (const nlohmann::json::exception& error) {
    return Fail(ErrorKind::kMalformed, std::string("a page of the feed: ") + error.what());
  }
  return page;
}

}  // namespace

Result<std::vector<Change>> FeedLog::Take(std::string_view page) {
  auto parsed = Parse(page);
  if (!parsed) return std::unexpected(parsed.error());
  for (const Change& change : parsed->changes) Note(change);
  if (parsed->next != last_seq_) {
    Complain(
        fmt::format("the page ends with {} and says to go on after {}", last_seq_, parsed->next));
    last_seq_ = parsed->next;
  }
  return std::move(parsed->changes);
}

void FeedLog::Note(const Change& change) {
  if (change.seq != last_seq_ + 1) {
    Complain(fmt::format("{} comes after {}", change.seq, last_seq_));
  }
  last_seq_ = change.seq;
  ++changes_;
  ++changes_of_[change.subject.substr(0, change.subject.find('-'))];
  const auto [found, first] = records_.try_emplace(change.subject);
  Record& record = found->second;
  const auto complain = [&](const std::string& fault) {
    Complain(fmt::format("{}: {} of {} {}", change.seq, change.type, change.subject, fault));
  };
  if (change.version <= record.version) {
    complain(fmt::format("takes it from version {} to {}", record.version, change.version));
  }
  const bool places = change.type == "order.placed";
  const bool opens = places || change.type == "order.incomplete";
  if (places && record.placed) complain("comes again");
  if (first && !opens && change.type.starts_with("order.")) complain("is its first change");
  record = {
      .version = change.version, .placed = record.placed || places, .data = change.data.dump()};
}

void FeedLog::Complain(std::string fault) {
  ++faults_;
  if (first_faults_.size() < kFaultsKept) first_faults_.push_back(std::move(fault));
}

}  // namespace weir::app::demo
