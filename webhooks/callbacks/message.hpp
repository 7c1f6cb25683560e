// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "net/message.hpp"
#include "storage/batch.hpp"
#include "webhooks/callbacks/subscription.hpp"

namespace weir::webhooks {

/// Whether the subscription wants the change, its type apart: storage filters by that.
[[nodiscard]] bool IsWanted(const Subscription& subscription, const storage::ChangeRow& change);

/// The body of a change's callback: its `id`, type, timestamp (when it happened), sequence, and the
/// record at that version as `data`, masked unless the subscription may see personal data.
[[nodiscard]] std::string BodyOf(const Subscription& subscription, std::string_view id,
                                 const storage::ChangeRow& change);

/// The request that carries `body`, signed as of `now`. Its `webhook-id` is `id`, in every attempt.
[[nodiscard]] net::Request MakeRequest(const Subscription& subscription, const std::string& id,
                                       std::string body, Instant now);

}  // namespace weir::webhooks
