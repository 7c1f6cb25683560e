// SPDX-License-Identifier: Apache-2.0
#include "app/callbacks.hpp"

#include <algorithm>
#include <utility>

namespace weir::app {
namespace {

void AddFigures(gateway::MetricFamilies& families, const webhooks::Subscriber& subscriber,
                std::uint64_t feed_end) {
  const webhooks::SubscriptionFigures& figures = subscriber.figures();
  const gateway::Labels labels = {{"merchant", subscriber.key().merchant},
                                  {"subscription", subscriber.key().id}};
  const auto count = [&](const char* name, const char* help, std::uint64_t value) {
    gateway::AddCounter(families, name, help, labels, static_cast<double>(value));
  };
  const auto gauge = [&](const char* name, const char* help, std::uint64_t value) {
    gateway::AddGauge(families, name, help, labels, static_cast<double>(value));
  };
  count("weir_callbacks_delivered_total", "Callbacks that were taken", figures.delivered);
  count("weir_callback_attempts_failed_total", "Attempts that were not", figures.failed);
  count("weir_callbacks_parked_total", "Callbacks given up after their last retry", figures.parked);
  count("weir_callbacks_lost_total", "Changes gone from the feed before they were sent",
        figures.lost);
  gauge("weir_callbacks_pending", "Callbacks that wait for an attempt", figures.pending);
  const std::uint64_t cursor = figures.cursor;
  gauge("weir_callback_lag_changes", "Changes of the feed behind the cursor",
        feed_end - std::min(feed_end, cursor));
  gauge("weir_subscription_holding", "1 while the endpoint fails or asked for a pause",
        figures.holding ? 1 : 0);
  gauge("weir_subscription_disabled", "1 while nothing is sent to it", figures.disabled ? 1 : 0);
}

gateway::DeliveryState StateOf(const webhooks::Subscriber& subscriber, std::uint64_t feed_end) {
  const webhooks::SubscriptionFigures& figures = subscriber.figures();
  const std::uint64_t cursor = figures.cursor;
  return {.holding = figures.holding,
          .cursor = cursor,
          .lag = feed_end - std::min(feed_end, cursor),
          .pending = figures.pending,
          .delivered = figures.delivered};
}

boost::asio::awaitable<Result<gateway::ReplayAnswer>> Replay(webhooks::Dispatcher& dispatcher,
                                                             std::string merchant,
                                                             std::string subscription,
                                                             gateway::ReplayRequest request) {
  const auto replayed = co_await dispatcher.Replay(std::move(merchant), std::move(subscription),
                                                   {.from = request.from,
                                                    .to = request.to,
                                                    .types = std::move(request.types),
                                                    .subject = std::move(request.subject)});
  if (!replayed) co_return std::unexpected(replayed.error());
  co_return gateway::ReplayAnswer{.callbacks = replayed->callbacks, .through = replayed->through};
}

}  // namespace

webhooks::FileSecrets FileSecretsOf(const Config& config) {
  webhooks::FileSecrets secrets;
  for (const SubscriptionConfig& declared : config.subscriptions) {
    auto& keys = secrets[{declared.merchant, declared.id}];
    for (const Secret* secret : {&declared.secret, &declared.previous_secret}) {
      if (secret->empty()) continue;
      auto key = webhooks::SigningKey::Parse(secret->Reveal());
      if (!key) {
        throw ConfigError("subscription '" + declared.id + "': secret: " + key.error().message);
      }
      keys.push_back(*std::move(key));
    }
  }
  return secrets;
}

webhooks::CallbackOptions CallbackOptionsOf(const Config& config) {
  webhooks::CallbackOptions options;
  if (!config.callbacks.retries.empty()) options.retries = config.callbacks.retries;
  options.timeout = config.callbacks.timeout;
  return options;
}

gateway::MetricSource CallbackMetrics(const webhooks::Dispatcher& dispatcher,
                                      const storage::Storage& storage) {
  return [&dispatcher, &storage](gateway::MetricFamilies& families) {
    const auto all = dispatcher.subscribers();
    for (const auto& subscriber : *all) {
      AddFigures(families, *subscriber, storage.FeedEnd(subscriber->key().merchant));
    }
  };
}

gateway::CallbackParts CallbackPartsOf(webhooks::Dispatcher& dispatcher, storage::CallbackLog& log,
                                       const storage::Storage& storage) {
  return {.log = log,
          .state = [&dispatcher, &storage](const std::string& merchant, const std::string& id)
              -> std::optional<gateway::DeliveryState> {
            const storage::SubscriptionKey key{merchant, id};
            const auto all = dispatcher.subscribers();
            for (const auto& subscriber : *all) {
              if (subscriber->key() != key) continue;
              return StateOf(*subscriber, storage.FeedEnd(merchant));
            }
            return std::nullopt;
          },
          .retry =
              [&dispatcher](std::string merchant, storage::CallbackKey key) {
                return dispatcher.Retry(std::move(merchant), std::move(key));
              },
          .test =
              [&dispatcher](std::string merchant, std::string subscription) {
                return dispatcher.Test(std::move(merchant), std::move(subscription));
              },
          .replay =
              [&dispatcher](std::string merchant, std::string subscription,
                            gateway::ReplayRequest request) {
                return Replay(dispatcher, std::move(merchant), std::move(subscription),
                              std::move(request));
              }};
}

}  // namespace weir::app
