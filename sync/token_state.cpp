// SPDX-License-Identifier: Apache-2.0
#include "sync/token_state.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "sync/trail.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;

Instant TimeOf(const json& in, const char* name) {
  auto time = ParseRfc3339(in.at(name).get<std::string>());
  if (!time) throw std::runtime_error(time.error().message);
  return *time;
}

connectors::Token TokenOf(const json& in) {
  const json& secrets = in.at("secrets");
  connectors::Token token{.access = Secret(secrets.at("access").get<std::string>()),
                          .refresh = Secret(secrets.value("refresh", "")),
                          .obtained_at = TimeOf(in, "obtained_at"),
                          .expires_at = TimeOf(in, "expires_at"),
                          .refresh_expires_at = {}};
  if (in.contains("refresh_expires_at")) {
    token.refresh_expires_at = TimeOf(in, "refresh_expires_at");
  }
  return token;
}

// What the feed says of a connection: nothing of its secrets.
storage::ChangeRow ChangeOf(const FoldPoint& at, const storage::RecordRow& row,
                            const TokenState& state) {
  const bool refused = state.refused.has_value();
  const json data = {{"id", row.id},
                     {"merchant", at.merchant},
                     {"platform", row.columns.platform},
                     {"state", refused ? "unauthorized" : "authorized"},
                     {"reason", state.refused.value_or("")},
                     {"version", row.version},
                     {"updated_at", ToRfc3339(at.stamp)}};
  return {.merchant = at.merchant,
          .type = refused ? "connection.unauthorized" : "connection.authorized",
          .subject = row.id,
          .version = row.version,
          .at = at.stamp,
          .data = data.dump(-1, ' ', false, json::error_handler_t::replace)};
}

// The record that was `known`, saying `now`.
void Put(const FoldPoint& at, std::optional<storage::RecordRow> known, const TokenState& now,
         FoldBatch& batch) {
  bool was_refused = false;
  storage::RecordRow row;
  if (known) {
    row = *std::move(known);
    const auto before = DecodeTokenState(row.state);
    was_refused = before && before->refused;
  }
  row.kind = storage::RecordKind::kToken;
  row.merchant = at.merchant;
  row.id = at.connection;
  ++row.version;
  row.columns.connection = at.connection;
  row.columns.updated_at = at.stamp;
  row.state = EncodeTokenState(now);
  row.trail = EncodeTrail({{.offset = at.position.offset}});
  if (was_refused != now.refused.has_value()) {
    batch.Publish(at.position, ChangeOf(at, row, now));
  }
  batch.Put(std::move(row));
}

}  // namespace

std::string EncodeTokenState(const TokenState& state) {
  json out = {{"credentials", state.credentials}};
  if (state.token) {
    out["secrets"] = {{"access", state.token->access.Reveal()},
                      {"refresh", state.token->refresh.Reveal()}};
    out["obtained_at"] = ToRfc3339(state.token->obtained_at);
    out["expires_at"] = ToRfc3339(state.token->expires_at);
    if (state.token->refresh_expires_at) {
      out["refresh_expires_at"] = ToRfc3339(*state.token->refresh_expires_at);
    }
  }
  if (state.refused) out["refused"] = *state.refused;
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<TokenState> DecodeTokenState(std::string_view text) {
  try {
    const json in = json::parse(text);
    TokenState state{
        .credentials = in.at("credentials").get<std::string>(), .token = {}, .refused = {}};
    if (in.contains("secrets")) state.token = TokenOf(in);
    if (in.contains("refused")) state.refused = in["refused"].get<std::string>();
    return state;
  } catch (const std::exception&) {
    return Fail(ErrorKind::kMalformed, "not what is kept of a token");
  }
}

boost::asio::awaitable<Result<std::optional<TokenState>>> ReadTokenState(storage::Storage& storage,
                                                                         std::string merchant,
                                                                         std::string connection) {
  const auto row = co_await storage.Read(storage::RecordKind::kToken, std::move(merchant),
                                         std::move(connection));
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return std::nullopt;
  auto state = DecodeTokenState((*row)->state);
  if (!state) co_return std::unexpected(state.error());
  co_return std::move(*state);
}

boost::asio::awaitable<std::optional<storage::RecordRow>> TokenFold::Load(FoldPoint at) {
  auto known = co_await storage_.Load(storage::RecordKind::kToken, at.merchant, at.connection);
  if (!known) throw std::runtime_error(known.error().message);
  co_return std::move(*known);
}

boost::asio::awaitable<void> TokenFold::Fold(const storage::Entry& entry, FoldBatch& batch) {
  const auto state = DecodeTokenState(entry.payload);
  if (!state) throw std::runtime_error(state.error().message);
  const FoldPoint at{.position = entry.position,
                     .stamp = entry.stamp,
                     .merchant = entry.envelope.merchant,
                     .connection = entry.envelope.connection};
  auto known = co_await Load(at);
  if (!known) known.emplace();
  known->columns.platform = entry.envelope.platform;
  Put(at, std::move(known), *state, batch);
}

boost::asio::awaitable<void> TokenFold::Revoke(FoldPoint at, model::ConnectionFact fact,
                                               FoldBatch& batch) {
  auto known = co_await Load(at);
  if (!known) co_return;
  auto state = DecodeTokenState(known->state);
  if (!state) throw std::runtime_error(state.error().message);
  const auto revoked_at = fact.at ? fact.at : fact.sent_at;
  const bool is_older = revoked_at && state->token && *revoked_at < state->token->obtained_at;
  if (is_older || state->refused) co_return;
  state->refused = "revoked";
  Put(at, std::move(known), *state, batch);
}

}  // namespace weir::sync
