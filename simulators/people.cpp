// SPDX-License-Identifier: Apache-2.0
#include "simulators/people.hpp"

#include <array>
#include <string_view>

#include "simulators/chance.hpp"

namespace weir::simulators {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"张三(先生)", "李女士(女士)", "王小明(先生)",
                                                    "赵(女士)",   "欧阳娜娜",     ""};
constexpr std::array<std::string_view, 6> kAddresses = {
    "示例路1号 (2号楼 301)", "样板大厦 A座 1203室", "测试花园 5-2-101 & 物业代收",
    "示范科技园 3号楼+前台", "样板大厦A座/1203室",  "测试花园\"东区\"5-2-101"};
constexpr std::array<std::string_view, 6> kWishes = {
    "", "", "", "不要辣, 谢谢\n不要蒜", "到门口请打电话+按门铃", "如遇缺货：缺货时电话与我沟通"};
constexpr std::array<std::string_view, 4> kRiders = {"李骑手", "陈骑手", "刘骑手", "孙骑手"};
constexpr std::array<std::string_view, 4> kComplaints = {"点错了", "少送", "餐品洒了, 无法食用",
                                                         "等太久了"};

}  // namespace

std::string DrawName(Random& random) { return std::string(Pick(random, kNames)); }

std::string DrawPhone(Random& random) {
  return "13" + std::to_string(Between(random, 100'000'000, 999'999'999));
}

std::string DrawAddress(Random& random) { return std::string(Pick(random, kAddresses)); }

std::string DrawWish(Random& random) { return std::string(Pick(random, kWishes)); }

std::string DrawRider(Random& random) { return std::string(Pick(random, kRiders)); }

std::string DrawComplaint(Random& random) { return std::string(Pick(random, kComplaints)); }

std::int64_t DrawLatitude(Random& random) { return Between(random, 31'100'000, 31'400'000); }

std::int64_t DrawLongitude(Random& random) { return Between(random, 121'300'000, 121'700'000); }

}  // namespace weir::simulators
