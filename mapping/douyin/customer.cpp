// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/text.hpp"
#include "mapping/decimal.hpp"
#include "mapping/douyin/orders.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr NameTable kReceiverNames({
    "city",
    "district",
    "door_plate_num",
    "lat",
    "lng",
    "location_address",
    "location_name",
    "province",
    "receive_real_phone",
    "receiver_name",
    "receiver_phone",
    "secret_number",
    "town",
});
using Receiver = Members<kReceiverNames>;

constexpr NameTable kContactNames({"name", "phone"});
using Contact = Members<kContactNames>;

constexpr NameTable kBuyerNames({"buyer_phone", "buyer_real_phone", "buyer_secret_number"});
using Buyer = Members<kBuyerNames>;

/// "17264842068_9936": a number that only rings through, and its extension.
void ReadVirtual(std::string_view text, model::Customer& customer) {
  const std::size_t cut = text.find('_');
  customer.phone = text.substr(0, cut);
  if (cut != std::string_view::npos) {
    customer.phone_extension = text.substr(cut + 1);
  }
  customer.phone_kind = "virtual";
}

void ReadShown(std::string_view text, model::Customer& customer) {
  customer.phone = text;
  customer.phone_kind = text.contains('*') ? "masked" : "real";
}

/// Empty or masked.
bool IsPoor(std::string_view text) { return text.empty() || text.contains('*'); }

/// The real number where the customer shows it, else the virtual one, else the masked one. The
/// others stay in `extra`.
template <typename Object>
void TakePhone(Object& object, typename Object::Name real, typename Object::Name secret,
               typename Object::Name shown, model::Customer& customer) {
  if (object.Has(real)) {
    ReadShown(object.Take(real).text(), customer);
  } else if (object.Has(secret)) {
    ReadVirtual(object.Take(secret).text(), customer);
  } else if (object.Has(shown)) {
    ReadShown(object.Take(shown).text(), customer);
  }
}

/// From the province down to the door. A city that is a province is said once.
std::string TakeAddress(Receiver& receiver) {
  std::string address;
  std::string_view last;
  for (const Receiver::Name name :
       std::initializer_list<Receiver::Name>{"province", "city", "district", "town"}) {
    const std::string_view part = receiver.Take(name).text();
    if (part != last) address.append(part);
    last = part;
  }
  for (const Receiver::Name name : std::initializer_list<Receiver::Name>{
           "location_address", "location_name", "door_plate_num"}) {
    const std::string_view part = receiver.Take(name).text();
    if (!part.empty()) address.append(address.empty() ? "" : " ").append(part);
  }
  return address;
}

void TakeCoordinates(Receiver& receiver, FieldReader& reader, model::Customer& customer) {
  if (!receiver.Has("lat") && !receiver.Has("lng")) {
    return;
  }
  auto north = ParseDegrees(receiver.Take("lat").text(), 90);
  auto east = ParseDegrees(receiver.Take("lng").text(), 180);
  if (!north || !east) {
    reader.Malformed("receiver_info.lat");
    return;
  }
  // Where the platform delivers, the place is not told.
  if (!(*north == "0" && *east == "0")) {
    customer.latitude = std::move(*north);
    customer.longitude = std::move(*east);
  }
}

}  // namespace

void MapReceiver(Event& event, FieldReader& reader, model::Customer& customer) {
  Receiver receiver(Inside(reader, "receiver_info", event.fields.Take("receiver_info")));
  Buyer buyer(Inside(reader, "buyer_info", event.fields.Take("buyer_info")));
  customer.name = receiver.Take("receiver_name").text();
  TakePhone(receiver, "receive_real_phone", "secret_number", "receiver_phone", customer);
  if (customer.phone.empty()) {
    TakePhone(buyer, "buyer_real_phone", "buyer_secret_number", "buyer_phone", customer);
  }
  customer.address = TakeAddress(receiver);
  TakeCoordinates(receiver, reader, customer);
  KeepRest(event, "receiver_info", receiver);
  KeepRest(event, "buyer_info", buyer);
}

void MapContacts(Event& event, FieldReader& reader, const Contacts& contacts,
                 model::Customer& customer) {
  const auto list = reader.Array("contacts", event.fields.Peek("contacts"));
  if (!list || list->root().array().size() == 0) {
    return;
  }
  const Value first(list->root().array().at(0).value_unsafe());
  Contact contact(Inside(reader, "contacts", first));
  const std::string name = contacts.PlainOf(contact.Take("name").text());
  const std::string phone = contacts.PlainOf(contact.Take("phone").text());
  const bool whole = name.empty() == contact.Peek("name").empty() &&
                     phone.empty() == contact.Peek("phone").empty();
  if (whole && list->root().array().size() == 1 && !contact.has_rest()) {
    event.fields.Take("contacts");
  }
  if (IsPoor(customer.name) && !name.empty()) {
    customer.name = name;
  }
  if (IsPoor(customer.phone) && !phone.empty()) {
    phone.contains('_') ? ReadVirtual(phone, customer) : ReadShown(phone, customer);
  }
}

bool MayBeEncrypted(std::string_view text) {
  constexpr std::size_t kShortest = 24;  // one block
  constexpr std::size_t kBlock = 16;
  const auto bytes = text.size() < kShortest ? std::nullopt : FromBase64(text);
  return bytes && bytes->size() % kBlock == 0;
}

Contacts::Contacts(const Value& page) {
  if (!page.is_object()) {
    return;
  }
  for (const auto& [cipher, plain] : page.object()) {
    plain_.emplace(cipher, Value(plain).text());
  }
}

std::string Contacts::PlainOf(std::string_view text) const {
  if (const auto known = plain_.find(text); known != plain_.end()) {
    return known->second;
  }
  return MayBeEncrypted(text) ? std::string() : std::string(text);
}

}  // namespace weir::mapping::douyin
