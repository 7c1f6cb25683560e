// SPDX-License-Identifier: Apache-2.0
#include "app/explain/standing.hpp"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "app/explain/facts.hpp"
#include "model/masking.hpp"

namespace weir::app::explain {
namespace {

using nlohmann::ordered_json;

/// The record that these voices make, without ids and stamps. Stores and SKUs are left in the
/// platform's words: no fact decides about links.
ordered_json Body(const model::OrderState& state, const sync::OrderRecord& record, bool personal) {
  const auto same = [](std::string_view word) { return std::string(word); };
  const model::Surroundings around = {.store = same, .sku = same, .accept_within = {}};
  std::string body = "{";
  state.AppendBody(body, record.identity, around);
  body += '}';
  std::string shown;
  model::AppendRecord(shown, body, personal);
  return ordered_json::parse(shown, nullptr, false);
}

ordered_json BodyOf(const std::vector<Voice>& voices, std::optional<storage::Position> without,
                    const sync::OrderRecord& record, bool personal) {
  model::OrderState state;
  for (const Voice& voice : voices) {
    if (voice.position != without) state.Merge(voice.facts);
  }
  return Body(state, record, personal);
}

const Voice* Victor(const std::vector<Voice>& voices) {
  const Voice* victor = nullptr;
  for (const Voice& voice : voices) {
    if (!voice.facts.snapshot) continue;
    if (victor == nullptr || voice.facts.snapshot->key > victor->facts.snapshot->key) {
      victor = &voice;
    }
  }
  return victor;
}

std::string HistoryText(const ordered_json& body) {
  std::string text;
  for (const auto& step : body.value("history", ordered_json::array())) {
    text += fmt::format("  {:<16} at {}{}\n", step.value("status", ""),
                        step.contains("at") ? step["at"].dump() : "null",
                        step.value("implied", false) ? ", implied" : "");
  }
  return text;
}

/// The members in which the record with the entry differs from the record without it.
std::string DifferenceText(const ordered_json& with, const ordered_json& without) {
  std::string text;
  for (const auto& [name, value] : with.items()) {
    const auto other = without.find(name);
    if (other != without.end() && *other == value) continue;
    text += fmt::format("  {}: {}\n    without it: {}\n", name, value.dump(),
                        other == without.end() ? "absent" : other->dump());
  }
  return text.empty() ? "  nothing: other entries say the same, or outrank it\n" : text;
}

}  // namespace

std::string StandingText(const sync::OrderRecord& record, const std::vector<Voice>& voices,
                         storage::Position asked, std::size_t unheard, bool personal) {
  std::string text;
  const auto say = [&text]<typename... Args>(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text), format, std::forward<Args>(args)...);
  };
  say("record {} of {}: version {}, status {}{}\n", record.id, record.merchant,
      record.stamps.version, model::Name(record.state.status()),
      record.state.partial() ? ", partial: no snapshot has come" : "");
  text += HistoryText(Body(record.state, record, personal));

  const Voice* const victor = Victor(voices);
  say("\nwhat stands behind it, oldest first; '>' is the entry asked for:\n");
  for (const Voice& voice : voices) {
    say("{} {:>8} {:<7} {:<18} {}{}\n", voice.position == asked ? '>' : ' ',
        voice.position.ToText(), storage::Name(voice.envelope.kind), voice.envelope.topic,
        Gist(voice.facts), &voice == victor ? "   <- the snapshot that decides" : "");
    if (voice.facts.snapshot) say("           {}\n", KeyText(voice.facts.snapshot->key));
  }
  if (unheard > 0) say("and {} entries that are not shown here\n", unheard);

  say("\nwhat the record owes to {} alone:\n", asked.ToText());
  if (voices.size() == 1) {
    say("  all of it\n");
  } else {
    text += DifferenceText(BodyOf(voices, std::nullopt, record, personal),
                           BodyOf(voices, asked, record, personal));
  }
  return text;
}

}  // namespace weir::app::explain
