// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/stores.hpp"

#include "base/json_writer.hpp"
#include "mapping/members.hpp"

namespace weir::connectors::doudian {
namespace {

using mapping::MemberAt;
using mapping::Value;

constexpr int kStoresPerPage = 100;
/// No shop has so many stores: a list that does not end is broken.
constexpr int kMostPages = 1000;

std::string ListParams(int page) {
  std::string params;
  JsonWriter(params)
      .BeginObject()
      .Member("page", page)
      .Member("page_size", kStoresPerPage)
      .EndObject();
  return params;
}

std::string DetailParams(std::string_view store) {
  std::string params;
  JsonWriter(params).BeginObject().Key("store_id").Number(store).EndObject();
  return params;
}

/// The ids of a page's stores.
Result<std::vector<std::string>> StoresIn(std::string_view answer) {
  const auto document = mapping::JsonDocument::Parse(answer);
  if (!document) return std::unexpected(document.error());
  const Value list = MemberAt(MemberAt(Value(document->root()), "data"), "store_detail_list");
  if (!list.is_array()) return Fail(ErrorKind::kMalformed, "Doudian's page holds no stores.");
  std::vector<std::string> stores;
  for (const simdjson::dom::element element : list.array()) {
    stores.emplace_back(MemberAt(MemberAt(Value(element), "store"), "store_id").text());
  }
  return stores;
}

}  // namespace

boost::asio::awaitable<Result<std::vector<std::string>>> Stores::ListShops() {
  std::vector<std::string> all;
  for (int number = 0; number < kMostPages; ++number) {
    const auto page = co_await client_->Read("shop.getStoreList", ListParams(number));
    if (!page) co_return std::unexpected(page.error());
    const auto stores = StoresIn(page->payload);
    if (!stores) co_return std::unexpected(stores.error());
    all.insert(all.end(), stores->begin(), stores->end());
    if (stores->size() < kStoresPerPage) co_return all;
  }
  co_return Fail(ErrorKind::kMalformed, "Doudian's list of stores does not end.");
}

boost::asio::awaitable<Result<std::vector<PulledItem>>> Stores::ReadShops(
    std::vector<std::string> platform_shops) {
  std::vector<PulledItem> shops;
  for (const std::string& platform_shop : platform_shops) {
    auto answer = co_await client_->Read("shop.getStoreDetail", DetailParams(platform_shop));
    if (answer) {
      shops.push_back(*std::move(answer));
    } else if (answer.error().kind != ErrorKind::kNotFound &&
               answer.error().kind != ErrorKind::kRejected) {
      co_return std::unexpected(answer.error());
    }
  }
  co_return shops;
}

}  // namespace weir::connectors::doudian
