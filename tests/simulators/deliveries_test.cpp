// SPDX-License-Identifier: Apache-2.0
#include "simulators/deliveries.hpp"

#include <gtest/gtest.h>

namespace weir::simulators {
namespace {

Delivery Numbered(std::string number, std::string platform_no) {
  Delivery delivery;
  delivery.number = std::move(number);
  delivery.platform_no = std::move(platform_no);
  return delivery;
}

TEST(Deliveries, AreFoundByEitherNumber) {
  Deliveries book(10);
  const Delivery* added = &book.Add(Numbered("a", "1"));
  EXPECT_EQ(book.Find("a"), added);
  EXPECT_EQ(book.FindByPlatformNo("1"), added);
  EXPECT_EQ(book.Find("1"), nullptr);
}

TEST(Deliveries, AreFoundByTheirLatestNumber) {
  Deliveries book(10);
  Delivery& added = book.Add(Numbered("a", "1"));
  book.Renumber(added, "2");
  EXPECT_EQ(book.FindByPlatformNo("1"), nullptr);
  EXPECT_EQ(book.FindByPlatformNo("2"), &added);
  EXPECT_EQ(added.platform_no, "2");
}

TEST(Deliveries, AreForgottenOldestFirst) {
  Deliveries book(1);
  book.Add(Numbered("a", "1"));
  book.Add(Numbered("b", "2"));
  EXPECT_EQ(book.Find("a"), nullptr);
  EXPECT_EQ(book.FindByPlatformNo("1"), nullptr);
  EXPECT_NE(book.Find("b"), nullptr);
  EXPECT_EQ(book.all().size(), 1U);
}

}  // namespace
}  // namespace weir::simulators
