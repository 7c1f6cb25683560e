// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/errors.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/json_writer.hpp"

namespace weir::simulators::meituan {
namespace {

struct Text {
  int code;
  std::string_view message;
};

constexpr std::array kTexts = {
    Text{kMissingParameter, "缺少参数，数据不完整"},
    Text{kUnknownApp, "app_id不存在"},
    Text{kBadSignature, "签名验证错误"},
    Text{kBadFormat, "参数格式错误"},
    Text{kNoSuchInterface, "没有权限访问该接口"},
    Text{kTooOften, "接口调用过于频繁，触发流控，请降低调用频率"},
    Text{kNoSuchShop, "不存在此门店"},
    Text{kNoSuchFood, "不存在此菜品"},
    Text{kNoSuchOrder, "不存在此订单"},
    Text{kWrongState, "操作失败（如订单在操作时，状态已变更等情况）"},
    Text{kPlatformDelivers, "商家已接入美团配送，无需调用该接口"},
    Text{kNoDelivery, "配送状态返回为空"},
    Text{kAlreadyCompleted, "订单已完成，不能取消"},
};

}  // namespace

std::string ErrorJson(int code) {
  const auto found = std::ranges::find(kTexts, code, &Text::code);
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("data", "ng").Key("error").BeginObject();
  json.Member("code", code);
  json.Member("msg", found == kTexts.end() ? std::string_view("系统错误") : found->message);
  json.EndObject().EndObject();
  return text;
}

}  // namespace weir::simulators::meituan
