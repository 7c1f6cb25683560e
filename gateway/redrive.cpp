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

// The redrive of a redrive carries what that one carried, not a nest, and settles that one: it is
// the open item now.
Result<sync::Redriven> Carry(Entry entry) {
  if (entry.erased) {
    return Fail(ErrorKind::kConflict, "the entry was erased: there is nothing to drive again");
  }
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

storage::NewEntry RedriveOf(const sync::Redriven& carried, Instant now) {
  storage::NewEntry entry;
  entry.envelope = carried.envelope;
  entry.envelope.kind = EntryKind::kRedrive;
  entry.envelope.received_at = now;
  entry.payload = sync::EncodeRedriven(carried);
  return entry;
}

}  // namespace

boost::asio::awaitable<net::Response> RedriveEntry(storage::Storage& storage, Writing writing,
                                                   const Clock& clock, Call call) {
  const auto asked = ReadAsked(call);
  if (!asked) co_return Refuse(call, asked.error());
  const auto first = co_await writing.Repeated(call.merchant, *asked);
  if (!first) co_return Refuse(call, first.error());
  std::optional<Position> position = *first;
  if (!position) {
    auto entry = co_await FindEntry(storage, call.merchant, call.path.at(0));
    if (!entry) co_return Refuse(call, entry.error());
    const auto carried = Carry(std::move(*entry));
    if (!carried) co_return Refuse(call, carried.error());
    const auto done = co_await writing.Append(RedriveOf(*carried, clock.Now()), *asked);
    if (!done) co_return Refuse(call, done.error());
    position = *done;
  }
  const auto parked = co_await FindQuarantined(storage, call.merchant, *position);
  if (!parked) co_return Refuse(call, parked.error());

  net::Response response;
  JsonWriter json(response.body);
  json.BeginObject().Member("position", position->ToText()).Member("redrives", call.path.at(0));
  AppendState(json, true, *parked);
  json.EndObject();
  co_return response;
}

}  // namespace weir::gateway
