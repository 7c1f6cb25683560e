// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/answered_pushes.hpp"

#include <algorithm>
#include <iterator>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/clock.hpp"
#include "base/disk.hpp"
#include "storage/journal.hpp"

namespace weir::e2e {

std::string ContentOf(std::string_view topic, std::string_view form) {
  std::string content(topic);
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view field = form.substr(0, end);
    form.remove_prefix(std::min(end + 1, form.size()));
    if (!field.starts_with("timestamp=") && !field.starts_with("sig=")) {
      content.append("&").append(field);
    }
  }
  return content;
}

std::vector<simulators::OutgoingPush> AnsweredPushes::Due(Instant now, std::size_t limit) {
  auto pushes = platform_.Due(now, limit);
  for (const simulators::OutgoingPush& push : pushes) {
    const std::string rest = push.url.substr(hooks_.size() + 1);
    const std::size_t query = std::min(rest.find('?'), rest.size());
    const std::string form = query < rest.size() ? rest.substr(query + 1) : push.body;
    flying_[push.id] = ContentOf(rest.substr(0, query), form);
  }
  return pushes;
}

void AnsweredPushes::OnPushAnswer(std::uint64_t push, const simulators::PushAnswer& answer,
                                  Instant now) {
  auto flight = flying_.extract(push);
  if (!flight.empty() && answer.status == 200) answered_.insert(std::move(flight.mapped()));
  platform_.OnPushAnswer(push, answer, now);
}

std::set<std::string> PushesInJournal(const std::string& data_folder) {
  SystemDisk disk;
  const SystemClock clock;
  const auto journal =
      storage::Journal::Open(disk, clock,
                             {.folder = data_folder + "/journal",
                              .keys = storage::KeyRing::Read(disk, data_folder, {}).value()},
                             nullptr);
  if (!journal) throw std::runtime_error(journal.error().message);
  const auto reader = (*journal)->Read((*journal)->begin());
  if (!reader) throw std::runtime_error(reader.error().message);
  std::set<std::string> contents;
  while (true) {
    const auto entry = (*reader)->Next();
    if (!entry) throw std::runtime_error(entry.error().message);
    if (!*entry) return contents;
    if ((*entry)->envelope.kind == storage::EntryKind::kPush) {
      contents.insert(ContentOf((*entry)->envelope.topic, (*entry)->payload));
    }
  }
}

std::vector<std::string> MissingIn(const std::string& data_folder,
                                   const std::set<std::string>& answered) {
  std::vector<std::string> missing;
  std::ranges::set_difference(answered, PushesInJournal(data_folder), std::back_inserter(missing));
  if (missing.size() > 3) missing.resize(3);
  return missing;
}

}  // namespace weir::e2e
