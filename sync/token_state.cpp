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
storage::ChangeRow ChangeOf(const storage::Entry& entry, const TokenState& state,
                            std::uint64_t version) {
  const bool refused = state.refused.has_value();
  const json data = {
      {"id", entry.envelope.connection},      {"merchant", entry.envelope.merchant},
      {"platform", entry.envelope.platform},  {"state", refused ? "unauthorized" : "authorized"},
      {"reason", state.refused.value_or("")}, {"version", version},
      {"updated_at", ToRfc3339(entry.stamp)}};
  return {.merchant = entry.envelope.merchant,
          .type = refused ? "connection.unauthorized" : "connection.authorized",
          .subject = entry.envelope.connection,
          .version = version,
          .at = entry.stamp,
          .data = data.dump(-1, ' ', false, json::error_handler_t::replace)};
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

boost::asio::awaitable<void> TokenFold::Fold(const storage::Entry& entry, FoldBatch& batch) {
  const auto state = DecodeTokenState(entry.payload);
  if (!state) throw std::runtime_error(state.error().message);
  const storage::Envelope& envelope = entry.envelope;
  auto known =
      co_await storage_.Load(storage::RecordKind::kToken, envelope.merchant, envelope.connection);
  if (!known) throw std::runtime_error(known.error().message);
  storage::RecordRow row;
  bool was_refused = false;
  if (*known) {
    row = std::move(**known);
    const auto before = DecodeTokenState(row.state);
    was_refused = before && before->refused;
  }
  row.kind = storage::RecordKind::kToken;
  row.merchant = envelope.merchant;
  row.id = envelope.connection;
  ++row.version;
  row.columns.platform = envelope.platform;
  row.columns.connection = envelope.connection;
  row.columns.updated_at = entry.stamp;
  row.state = entry.payload;
  row.trail = EncodeTrail({{.offset = entry.position.offset}});
  if (was_refused != state->refused.has_value()) {
    batch.Publish(entry.position, ChangeOf(entry, *state, row.version));
  }
  batch.Put(std::move(row));
}

}  // namespace weir::sync
