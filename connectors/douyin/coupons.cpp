// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/coupons.hpp"

#include <optional>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "connectors/douyin/errors.hpp"
#include "mapping/json.hpp"

namespace weir::connectors::douyin {
namespace {

using mapping::Value;

std::string TextOf(simdjson::dom::element object, const char* name) {
  simdjson::dom::element element;
  return object[name].get(element) == simdjson::SUCCESS ? std::string(Value(element).text())
                                                        : std::string();
}

Result<mapping::JsonDocument> Parse(const PulledItem& answer) {
  return mapping::JsonDocument::Parse(answer.payload);
}

Verified ReadVerified(simdjson::dom::element told) {
  Verified verified{.code = TextOf(told, "code"),
                    .certificate_id = TextOf(told, "certificate_id"),
                    .verify_id = TextOf(told, "verify_id"),
                    .already = false,
                    .error = {}};
  const auto result = ParseInt(TextOf(told, "result"));
  if (!result) {
    verified.error = Error{.kind = ErrorKind::kMalformed, .message = "A coupon has no result."};
  } else if (IsAlreadyVerified(*result)) {
    verified.already = true;
  } else if (*result != 0) {
    verified.error = ToError(*result);
  }
  return verified;
}

}  // namespace

boost::asio::awaitable<Result<Prepared>> Coupons::PrepareScanned(std::string encrypted_data,
                                                                 std::string platform_shop) {
  co_return co_await Prepare({{"encrypted_data", encrypted_data}, {"poi_id", platform_shop}});
}

boost::asio::awaitable<Result<Prepared>> Coupons::PrepareCode(std::string code,
                                                              std::string platform_shop) {
  co_return co_await Prepare({{"code", code}, {"poi_id", platform_shop}});
}

boost::asio::awaitable<Result<Prepared>> Coupons::Prepare(Arguments arguments) {
  const auto answer =
      co_await client_->Get("goodlife/v1/fulfilment/certificate/prepare", std::move(arguments));
  if (!answer) co_return std::unexpected(answer.error());
  const auto document = Parse(*answer);
  if (!document) co_return std::unexpected(document.error());
  const simdjson::dom::element data = document->root()["data"].value_unsafe();
  Prepared prepared{.verify_token = TextOf(data, "verify_token"),
                    .order_id = TextOf(data, "order_id"),
                    .encrypted_codes = {}};
  simdjson::dom::array certificates;
  if (data["certificates"].get(certificates) == simdjson::SUCCESS) {
    for (const simdjson::dom::element one : certificates) {
      prepared.encrypted_codes.push_back(TextOf(one, "encrypted_code"));
    }
  }
  if (prepared.verify_token.empty() || prepared.encrypted_codes.empty()) {
    co_return Fail(ErrorKind::kMalformed, "Douyin's answer holds no coupon to verify.");
  }
  co_return prepared;
}

boost::asio::awaitable<Result<std::vector<Verified>>> Coupons::Verify(
    std::string verify_token, std::vector<std::string> encrypted_codes, std::string platform_shop) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("verify_token", verify_token).Member("poi_id", platform_shop);
  json.Member("account_id", client_->account_id()).Key("encrypted_codes").BeginArray();
  for (const std::string& code : encrypted_codes) json.String(code);
  json.EndArray().EndObject();
  const auto answer =
      co_await client_->Post("goodlife/v1/fulfilment/certificate/verify", std::move(body), true);
  std::vector<Verified> all;
  if (!answer) {
    // All of them at once.
    const auto code = ParseInt(answer.error().remote_code);
    if (!code || !IsAlreadyVerified(*code)) co_return std::unexpected(answer.error());
    for (std::string& each : encrypted_codes) {
      all.push_back({.code = std::move(each),
                     .certificate_id = {},
                     .verify_id = {},
                     .already = true,
                     .error = {}});
    }
    co_return all;
  }
  const auto document = Parse(*answer);
  if (!document) co_return std::unexpected(document.error());
  simdjson::dom::array results;
  if (document->root()["data"]["verify_results"].get(results) != simdjson::SUCCESS) {
    co_return Fail(ErrorKind::kMalformed, "Douyin's answer tells of no coupon.");
  }
  for (const simdjson::dom::element told : results) all.push_back(ReadVerified(told));
  co_return all;
}

boost::asio::awaitable<Result<void>> Coupons::Cancel(std::string verify_id,
                                                     std::string certificate_id,
                                                     std::string cancel_token) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("verify_id", verify_id).Member("certificate_id", certificate_id);
  json.Member("account_id", client_->account_id()).Member("cancel_token", cancel_token).EndObject();
  const auto answer = co_await client_->Post("goodlife/v1/fulfilment/certificate/cancel",
                                             std::move(body), !cancel_token.empty());
  if (!answer && !IsAlreadyTakenBack(answer.error())) co_return std::unexpected(answer.error());
  co_return Result<void>{};
}

}  // namespace weir::connectors::douyin
