// SPDX-License-Identifier: Apache-2.0
#include "simulators/courier_desk.hpp"

#include <utility>

namespace weir::simulators {

CourierDesk::CourierDesk(const CourierOptions& options, Deliveries& book, Counts& counts,
                         Random& random)
    : Desk<CourierMessage>(options, book, counts, random) {}

void CourierDesk::Send(Delivery& delivery, CourierNews news, CourierMessage message) {
  delivery.told.push_back(message.body);
  messenger_.Tell(delivery.number, delivery.events,
                  {.topic = std::move(news.topic), .what = std::move(news.what), .at = news.at},
                  /*may_miss=*/false, std::move(message));
}

OutgoingPush CourierDesk::Build(const Attempt& attempt) const {
  CourierMessage message = attempt.parcel->content;
  if (attempt.parcel->kind == Messenger<CourierMessage>::Kind::kForged) {
    Forge(message, attempt.parcel->tampered);
  }
  return {.url = std::move(message.url),
          .content_type = "application/json",
          .body = std::move(message.body)};
}

}  // namespace weir::simulators
