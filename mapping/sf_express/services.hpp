// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What SF Express calls its functions (protocol §1.4); they are the topics of its answers.
namespace weir::mapping::sf_express {

inline constexpr std::string_view kPlatform = "sf_express";

inline constexpr std::string_view kCreateOrder = "EXP_RECE_CREATE_ORDER";
inline constexpr std::string_view kSearchOrder = "EXP_RECE_SEARCH_ORDER_RESP";
inline constexpr std::string_view kUpdateOrder = "EXP_RECE_UPDATE_ORDER";
inline constexpr std::string_view kSubWaybills = "EXP_RECE_GET_SUB_MAILNO";
inline constexpr std::string_view kSearchRoutes = "EXP_RECE_SEARCH_ROUTES";
inline constexpr std::string_view kQueryFee = "EXP_RECE_QUERY_SFWAYBILL";
inline constexpr std::string_view kPromisedTime = "EXP_RECE_SEARCH_PROMITM";
inline constexpr std::string_view kDeliveryTime = "EXP_RECE_QUERY_DELIVERTM";
inline constexpr std::string_view kIntercept = "EXP_RECE_WANTED_INTERCEPT";
inline constexpr std::string_view kPrint = "COM_RECE_CLOUD_PRINT_WAYBILLS";

/// kUpdateOrder confirms and cancels, and its answer does not say which: the topic of one that
/// cancels.
inline constexpr std::string_view kCancelTopic = "EXP_RECE_UPDATE_ORDER?dealType=2";

/// The order was cancelled before: a cancel that is done.
inline constexpr std::string_view kCancelledBefore = "8037";

}  // namespace weir::mapping::sf_express
