// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/codes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace weir::simulators::dada::code {
namespace {

constexpr auto kTexts = std::to_array<std::pair<int, std::string_view>>({
    {kBadFormat, "format值不正确,默认为json"},
    {kNoBody, "body值不能为null"},
    {kBadVersion, "v的值不正确,默认为1.0"},
    {kNoOrderId, "原始订单order_id不能为空"},
    {kWrongMembers, "请求参数的个数不正确,请仔细核对"},
    {kWrongHeader, "接口请求的headers为application/json"},
    {kNoMembers, "接口请求参数不能为空"},
    {kBadAppKey, "app_key无效"},
    {kBadSignature, "签名错误"},
    {kBadShop, "无效的门店编号"},
    {kNoSuchOrder, "订单不存在,请核查订单号"},
    {kBadTimestamp, "timestamp不能为空"},
    {kNoSignature, "signature不能为空"},
    {kBusy, "订单正在处理中,请稍后再试"},
    {kBadParameter, "请求接口参数异常,请查看开发文档参数设定"},
    {kNoReasonId, "订单取消原因ID不能为空"},
    {kNoReason, "订单取消原因ID对应其他,取消原因不能为空"},
    {kOnTheRoad, "订单配送中,无法取消"},
    {kFinished, "订单已完成配送,无法取消"},
    {kExpired, "订单已过期,无法取消"},
    {kNotCancelled, "订单取消失败"},
    {kTipNoNumber, "小费不能为空或者字符,必须为数字"},
    {kTipTooSmall, "小费额度不能少于1元"},
    {kTipNotMore, "新增小费不能小于原来订单小费的值"},
    {kTipTooLate, "只有在待接单的情况下才能加小费"},
    {kNeverOrdered, "新的订单,不能重新发单,请走正常发单流程"},
    {kNotEnded, "只有已取消、已过期、投递异常的订单才能重发"},
    {kQuoteExpired, "订单价格信息已过期,请重新查询后发单"},
    {kAlreadyLive, "该订单已发布,请选择新的订单"},
    {kAlreadyEnded, "该订单状态不是已取消、已过期、投递异常,请选择新的订单"},
    {kQuoteUsed, "该平台订单编号已处理,请勿重复请求"},
    {kQuotedJustNow, "该订单运费已查询,请稍后再试"},
    {kSandboxOnly, "接口仅测试环境可用"},
    {kStateChanged, "订单状态已经改变,取消失败"},
    {kCancelledAlready, "订单已取消,无法重复取消"},
    {kTipAboveGoods, "小费金额不能大于订单金额"},
    {kNoDeliveryNo, "deliveryNo不能为空"},
    {kNoOriginId, "原始订单origin_id不能为空"},
    {kOrderedAlready, "订单已下发,如要重发,请使用重发接口"},
    {kNoPrepay, "is_prepay不能为空"},
    {kNoWeight, "cargo_weight不能为空"},
    {kNoPrice, "cargo_price不能为空"},
    {kNoName, "receiver_name不能为空"},
    {kNoAddress, "receiver_address不能为空"},
    {kNoPhone, "receiver_phone不能为空"},
    {kNoCallback, "callback不能为空"},
    {kNoPlace, "receiver_lat或receiver_lng不能为空"},
    {kOutOfReach, "无效的收货地址,解析地址坐标失败"},
    {kQuoteOfLive, "该订单已发单,不能查询运费"},
    {kBadSource, "source_id值不正确,测试环境默认为73753"},
    {kPlaceIsNull, "receiver_lat或receiver_lng值不能为null"},
    {kPlaceTurned, "数据异常,receiver_lat大于receiver_lng值"},
    {kShopClosed, "门店已下线,请至开放平台激活门店"},
    {kNoBalance, "余额不足，请充值"},
    {kNoSuchShop, "门店不存在"},
    {kNothingToChange, "没有可以更新的参数,请重新核对"},
    {kNotADouble, "参数类型不正确, Double类型不能传null与字符串"},
    {kWeightNoDouble, "参数类型不正确, cargo_weight为Double"},
    {kIsNull, "参数类型不正确, 可以不传,但是不能传null值"},
    {kBodyBroken, "body参数json解析出错,请检查body内的参数格式是否正确"},
    {kFixedShop, "QA环境禁止修改11047059门店编号"},
    {kNoTaken, "门店编码已存在"},
    {kUnknownReason, "取消失败[cancel_reason_id不在取消原因列表中]"},
    {kReturning, "取消失败[订单状态为9,不能取消]"},
    {kReturned, "取消失败[订单状态为10,不能取消]"},
});

}  // namespace

std::string_view TextOf(int code) {
  const auto* const found =
      std::ranges::find(kTexts, code, &std::pair<int, std::string_view>::first);
  return found == kTexts.end() ? std::string_view("系统异常") : found->second;
}

}  // namespace weir::simulators::dada::code
