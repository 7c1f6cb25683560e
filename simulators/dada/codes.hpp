// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// Codes of answers (protocol notes 10).
namespace weir::simulators::dada::code {

inline constexpr int kBadFormat = 1994;
inline constexpr int kNoBody = 1995;
inline constexpr int kBadVersion = 1996;
inline constexpr int kNoOrderId = 1997;
inline constexpr int kWrongMembers = 1998;
inline constexpr int kWrongHeader = 1999;
inline constexpr int kNoMembers = 2000;
inline constexpr int kBadAppKey = 2001;
inline constexpr int kBadSignature = 2003;
inline constexpr int kBadShop = 2004;
inline constexpr int kNoSuchOrder = 2005;
inline constexpr int kBadTimestamp = 2009;
inline constexpr int kNoSignature = 2010;
inline constexpr int kBusy = 2012;
inline constexpr int kBadParameter = 2013;
inline constexpr int kNoReasonId = 2048;
inline constexpr int kNoReason = 2049;
inline constexpr int kOnTheRoad = 2050;
inline constexpr int kFinished = 2051;
inline constexpr int kExpired = 2052;
inline constexpr int kNotCancelled = 2053;
inline constexpr int kTipNoNumber = 2054;
inline constexpr int kTipTooSmall = 2055;
inline constexpr int kTipNotMore = 2057;
inline constexpr int kTipTooLate = 2059;
inline constexpr int kNeverOrdered = 2060;
inline constexpr int kNotEnded = 2061;
inline constexpr int kQuoteExpired = 2062;
inline constexpr int kAlreadyLive = 2063;
inline constexpr int kAlreadyEnded = 2064;
inline constexpr int kQuoteUsed = 2065;
inline constexpr int kQuotedJustNow = 2067;
inline constexpr int kSandboxOnly = 2068;
inline constexpr int kStateChanged = 2073;
inline constexpr int kCancelledAlready = 2076;
inline constexpr int kTipAboveGoods = 2077;
inline constexpr int kNoDeliveryNo = 2078;
inline constexpr int kNoOriginId = 2104;
inline constexpr int kOrderedAlready = 2105;
inline constexpr int kNoPrepay = 2109;
inline constexpr int kNoWeight = 2112;
inline constexpr int kNoPrice = 2113;
inline constexpr int kNoName = 2120;
inline constexpr int kNoAddress = 2121;
inline constexpr int kNoPhone = 2122;
inline constexpr int kNoCallback = 2123;
inline constexpr int kNoPlace = 2128;
inline constexpr int kOutOfReach = 2129;
inline constexpr int kQuoteOfLive = 2130;
inline constexpr int kBadSource = 2131;
inline constexpr int kPlaceIsNull = 2138;
inline constexpr int kPlaceTurned = 2139;
inline constexpr int kShopClosed = 2141;
inline constexpr int kNoBalance = 2155;
inline constexpr int kNoSuchShop = 2402;
inline constexpr int kNothingToChange = 2406;
inline constexpr int kNotADouble = 2410;
inline constexpr int kWeightNoDouble = 2415;
inline constexpr int kIsNull = 2417;
inline constexpr int kBodyBroken = 2419;
inline constexpr int kFixedShop = 2420;
inline constexpr int kNoTaken = 2428;
inline constexpr int kUnknownReason = 2457;
inline constexpr int kReturning = 2458;
inline constexpr int kReturned = 2459;

/// The platform's own text.
[[nodiscard]] std::string_view TextOf(int code);

}  // namespace weir::simulators::dada::code
