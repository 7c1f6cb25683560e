// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/lanes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weir::webhooks {
namespace {

using std::chrono::seconds;

Delivery Of(const std::string& subject, std::uint64_t seq) {
  Delivery delivery;
  delivery.seq = seq;
  delivery.subject = subject;
  return delivery;
}

/// The seq that is next, 0 for none.
std::uint64_t Next(Lanes& lanes) {
  const auto next = lanes.Next();
  return next ? next->seq : 0;
}

TEST(Lanes, OneSubjectGoesOneAfterTheOther) {
  Lanes lanes;
  lanes.Put(Of("a", 1));
  lanes.Put(Of("a", 2));
  EXPECT_EQ(Next(lanes), 1U);
  EXPECT_EQ(Next(lanes), 0U);
  lanes.Done("a");
  EXPECT_EQ(Next(lanes), 2U);
}

TEST(Lanes, SubjectsGoSideBySide) {
  Lanes lanes;
  lanes.Put(Of("a", 1));
  lanes.Put(Of("b", 2));
  EXPECT_EQ(Next(lanes), 1U);
  EXPECT_EQ(Next(lanes), 2U);
}

TEST(Lanes, OneThatWaitsHoldsBackThoseBehindIt) {
  Lanes lanes;
  lanes.Put(Of("a", 1));
  lanes.Put(Of("a", 2));
  lanes.Wait(*lanes.Next(), seconds(5));
  lanes.Put(Of("a", 3));
  lanes.Wake(seconds(4));
  EXPECT_EQ(Next(lanes), 0U);
  lanes.Wake(seconds(5));
  EXPECT_EQ(Next(lanes), 1U);
}

TEST(Lanes, AnOlderOneGoesFirstButNeverBeforeOneUnderWay) {
  Lanes lanes;
  lanes.Put(Of("a", 5));
  lanes.Put(Of("a", 6));
  EXPECT_EQ(Next(lanes), 5U);
  lanes.Put(Of("a", 2));
  EXPECT_EQ(Next(lanes), 0U);
  lanes.Done("a");
  EXPECT_EQ(Next(lanes), 2U);
}

TEST(Lanes, HurryEndsAWait) {
  Lanes lanes;
  lanes.Put(Of("a", 1));
  lanes.Wait(*lanes.Next(), seconds(5));
  lanes.Hurry("a");
  EXPECT_EQ(Next(lanes), 1U);
}

TEST(Lanes, TheFirstThatWaitsIsHurried) {
  Lanes lanes;
  lanes.Put(Of("a", 1));
  lanes.Wait(*lanes.Next(), seconds(9));
  lanes.Put(Of("b", 2));
  lanes.Wait(*lanes.Next(), seconds(5));
  lanes.HurryFirst();
  EXPECT_EQ(Next(lanes), 2U);
  EXPECT_EQ(Next(lanes), 0U);
}

TEST(Lanes, AWaitThatWasCutShortDoesNotWakeTheNextOne) {
  Lanes lanes;
  lanes.Put(Of("a", 1));
  lanes.Wait(*lanes.Next(), seconds(5));
  lanes.Hurry("a");
  lanes.Wait(*lanes.Next(), seconds(9));
  lanes.Wake(seconds(5));
  EXPECT_EQ(Next(lanes), 0U);
  lanes.Wake(seconds(9));
  EXPECT_EQ(Next(lanes), 1U);
}

TEST(Lanes, KnowsWhatItHolds) {
  Lanes lanes;
  lanes.Put(Of("a", 1));
  lanes.Put(Of("a", 2));
  EXPECT_EQ(lanes.size(), 2U);
  EXPECT_EQ(Next(lanes), 1U);
  EXPECT_EQ(lanes.size(), 1U);
  EXPECT_TRUE(lanes.Has("a", 1));
  EXPECT_TRUE(lanes.Has("a", 2));
  lanes.Done("a");
  EXPECT_FALSE(lanes.Has("a", 1));
  EXPECT_EQ(Next(lanes), 2U);
  lanes.Done("a");
  EXPECT_FALSE(lanes.HasSubject("a"));
}

}  // namespace
}  // namespace weir::webhooks
