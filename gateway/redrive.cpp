// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "gateway/entry_pages.hpp"
#include "gateway/journal.hpp"
#include "sync/mappers.hpp"

namespace weir::gateway {
namespace {

using storage::Entry;
using storage::EntryKind;
using storage::Position;

constexpr auto kFoldPatience = std::chrono::seconds(5);
constexpr auto kFoldPoll = std::chrono::milliseconds(2);

// The redrive of a redrive carries what that one carried, not a nest, and settles that one: it is
// the open item now.
Result<sync::Redriven> Carry(Entry entry) {
  switch (entry.envelope.kind) {
    case EntryKind::kPush:
    case EntryKind::kPulled:
      return sync::Redriven{entry.position, std::move(entry.envelope), std::move(entry.payload)};
    case EntryKind::kRedrive: {
      auto carried = sync::DecodeRedriven(entry.payload);
      if (carried) carried->position = entry.position;
      return carried;
    }
    default:
      return Fail(ErrorKind::kConflict, "only pushes and pulled items can be driven again");
  }
}

boost::asio::awaitable<Result<Position>> Append(storage::Storage& storage, Instant now,
                                                const sync::Redriven& carried) {
  std::vector<storage::NewEntry> entries(1);
  entries[0].envelope = carried.envelope;
  entries[0].envelope.kind = EntryKind::kRedrive;
  entries[0].envelope.received_at = now;
  entries[0].payload = sync::EncodeRedriven(carried);
  return storage.Append(std::move(entries));
}

boost::asio::awaitable<bool> WaitFolded(storage::Storage& storage, Timer& timer, const Clock& clock,
                                        Position position) {
  const auto deadline = clock.Monotonic() + kFoldPatience;
  while (storage.view_position() < position) {
    if (clock.Monotonic() >= deadline) co_return false;
    co_await timer.Wait(kFoldPoll);
  }
  co_return true;
}

}  // namespace

boost::asio::awaitable<net::Response> RedriveEntry(storage::Storage& storage, Timer& timer,
                                                   const Clock& clock, Call call) {
  auto entry = co_await FindEntry(storage, call.merchant, call.path.at(0));
  if (!entry) co_return Refuse(call, entry.error());
  const auto carried = Carry(std::move(*entry));
  if (!carried) co_return Refuse(call, carried.error());
  const auto position = co_await Append(storage, clock.Now(), *carried);
  if (!position) co_return Refuse(call, position.error());
  if (!co_await WaitFolded(storage, timer, clock, *position)) {
    co_return Refuse(call, "busy", "stored as " + position->ToText() + " but not folded yet");
  }
  const auto parked = co_await FindQuarantined(storage, call.merchant, *position);
  if (!parked) co_return Refuse(call, parked.error());

  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject()
      .Member("position", position->ToText())
      .Member("redrives", carried->position.ToText());
  AppendState(json, true, *parked);
  json.EndObject();
  co_return response;
}

}  // namespace weir::gateway
