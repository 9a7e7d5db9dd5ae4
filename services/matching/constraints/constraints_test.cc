// Every constraint met, failed and open.
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "services/matching/constraints/contact.h"
#include "services/matching/constraints/home.h"
#include "services/matching/constraints/job.h"
#include "services/matching/constraints/shared.h"
#include "services/matching/licences.h"

namespace heimweg::matching {
namespace {

constexpr Outcome kMet = Outcome::kMet;
constexpr Outcome kFailed = Outcome::kFailed;
constexpr Outcome kOpen = Outcome::kOpen;
constexpr uint8_t kYes = type::v1::ANSWER_YES;
constexpr uint8_t kNo = type::v1::ANSWER_NO;

TEST(StateConstraintTest, OnlyPublishedAndValidOffersPass) {
  constexpr uint8_t kPublished = type::v1::OFFER_STATE_PUBLISHED;
  EXPECT_EQ(StateConstraint(kPublished, 10, 20, 10), kMet);
  EXPECT_EQ(StateConstraint(kPublished, 10, 20, 9), kFailed);
  EXPECT_EQ(StateConstraint(kPublished, 10, 20, 20), kFailed);
  EXPECT_EQ(StateConstraint(kPublished, 0, kEndOfTime, 4'133'980'799), kMet);
  EXPECT_EQ(StateConstraint(type::v1::OFFER_STATE_DRAFT, 10, 20, 10), kFailed);
}

TEST(NetworkConstraintTest, AnyOfThoseAskedFor) {
  EXPECT_EQ(NetworkConstraint({}, 1), kOpen);
  EXPECT_EQ(NetworkConstraint({2, 1}, 1), kMet);
  EXPECT_EQ(NetworkConstraint({0}, 1), kFailed);
}

TEST(RegionConstraintTest, APrefixHoldsWhatBeginsWithIt) {
  const auto outcome = [](const char* prefix, const char* ags) {
    return RegionConstraint({AgsCode::Of(prefix)}, AgsCode::Of(ags).Packed());
  };
  EXPECT_EQ(outcome("12", "12062124"), kMet);
  EXPECT_EQ(outcome("12062124", "12062124"), kMet);
  EXPECT_EQ(outcome("12063", "12062124"), kFailed);
  EXPECT_EQ(outcome("05", "12062124"), kFailed);
  EXPECT_EQ(outcome("12062124", "12062"), kOpen);
  EXPECT_EQ(outcome("12063124", "12062"), kFailed);
  EXPECT_EQ(outcome("12", ""), kOpen);
  EXPECT_EQ(RegionConstraint({}, AgsCode::Of("12").Packed()), kOpen);
}

Anchor AnchorWithin(double latitude, int32_t radius_m, bool required) {
  Anchor anchor;
  anchor.point = places::ToGeoPoint({latitude, 13});
  anchor.required = required;
  if (radius_m == 0) return anchor;
  anchor.limit = Anchor::Limit::kRadius;
  anchor.radius_m = radius_m;
  anchor.chord_within = ChordWithinRadius(radius_m);
  return anchor;
}

TEST(AreaConstraintTest, AllRequiredAnchorsAndOneOfTheOthers) {
  using Anchors = std::vector<Anchor>;
  const places::GeoPoint here = places::ToGeoPoint({51, 13});
  const Anchor near = AnchorWithin(51.01, 5'000, false);
  const Anchor far = AnchorWithin(52, 5'000, false);
  const Anchor near_required = AnchorWithin(51.01, 5'000, true);
  const Anchor far_required = AnchorWithin(52, 5'000, true);
  EXPECT_EQ(AreaConstraint(Anchors{near, far}, here), kMet);
  EXPECT_EQ(AreaConstraint(Anchors{far}, here), kFailed);
  EXPECT_EQ(AreaConstraint(Anchors{near, far_required}, here), kFailed);
  EXPECT_EQ(AreaConstraint(Anchors{near_required}, here), kMet);
  EXPECT_EQ(AreaConstraint(Anchors{near_required, far}, here), kFailed);
  EXPECT_EQ(AreaConstraint(Anchors{AnchorWithin(52, 0, true)}, here), kOpen);
  EXPECT_EQ(AreaConstraint(Anchors{far}, {}), kOpen);
  EXPECT_EQ(AreaConstraint(Anchors{}, here), kOpen);
}

TEST(AreaConstraintTest, ARelaxedLimitTakesThePlaceOfOneAnchors) {
  const places::GeoPoint here = places::ToGeoPoint({51, 13});
  const std::vector<Anchor> anchors = {AnchorWithin(53, 5'000, false),
                                       AnchorWithin(52, 5'000, false)};
  EXPECT_EQ(AreaConstraint(anchors, here, {1, ChordWithinRadius(120'000)}),
            kMet);
  EXPECT_EQ(AreaConstraint(anchors, here, {0, ChordWithinRadius(120'000)}),
            kFailed);
}

TEST(DatesConstraintTest, NotAfterTheLastDay) {
  EXPECT_EQ(DatesConstraint(10, 10), kMet);
  EXPECT_EQ(DatesConstraint(10, 11), kFailed);
  EXPECT_EQ(DatesConstraint(10, kNoDay), kOpen);
  EXPECT_EQ(DatesConstraint(std::nullopt, 11), kOpen);
}

TEST(EventConstraintTest, AnEventThatIsOverFailsUnlessItRecurs) {
  EXPECT_EQ(EventConstraint({5, 10, false}, 10), kMet);
  EXPECT_EQ(EventConstraint({5, 10, false}, 11), kFailed);
  EXPECT_EQ(EventConstraint({5, 10, true}, 11), kOpen);
  EXPECT_EQ(EventConstraint({}, 11), kOpen);
}

TEST(NotExcludedConstraintTest, ExcludedOnesFail) {
  EXPECT_EQ(NotExcludedConstraint(true, {3}, 3), kFailed);
  EXPECT_EQ(NotExcludedConstraint(true, {3}, 4), kMet);
  EXPECT_EQ(NotExcludedConstraint(true, {3}, 0), kOpen);
  EXPECT_EQ(NotExcludedConstraint(false, {}, 4), kOpen);
}

TEST(EmploymentConstraintTest, TypeAndAgencyBothCount) {
  EXPECT_EQ(EmploymentConstraint(0b10, 1, false, kYes), kMet);
  EXPECT_EQ(EmploymentConstraint(0b10, 2, false, kYes), kFailed);
  EXPECT_EQ(EmploymentConstraint(0b10, 1, true, kYes), kFailed);
  EXPECT_EQ(EmploymentConstraint(0b10, 1, true, 0), kOpen);
  EXPECT_EQ(EmploymentConstraint(0b10, 0, false, 0), kOpen);
  EXPECT_EQ(EmploymentConstraint(0, 2, false, kYes), kOpen);
}

TEST(LanguageConstraintTest, EveryRequiredLevelMustBeReached) {
  const LanguageCode german_b2 =
      LanguageCode::Of("de", type::v1::CEFR_LEVEL_B2);
  const std::vector<uint32_t> required = {german_b2.Packed()};
  std::vector<uint8_t> spoken(LanguageCode::kNone + 1, kNotSpoken);
  EXPECT_EQ(LanguageConstraint({}, required), kOpen);
  EXPECT_EQ(LanguageConstraint(spoken, {}), kOpen);
  EXPECT_EQ(LanguageConstraint(spoken, required), kFailed);
  spoken[german_b2.letters] = type::v1::CEFR_LEVEL_B1;
  EXPECT_EQ(LanguageConstraint(spoken, required), kFailed);
  spoken[german_b2.letters] = type::v1::CEFR_LEVEL_NATIVE;
  EXPECT_EQ(LanguageConstraint(spoken, required), kMet);
  spoken[german_b2.letters] = type::v1::CEFR_LEVEL_UNSPECIFIED;
  EXPECT_EQ(LanguageConstraint(spoken, required), kOpen);
}

TEST(LicenceConstraintTest, AClassIncludesThoseItIsBuiltOn) {
  const uint16_t truck = WithIncluded(LicenceBit("CE"));
  EXPECT_EQ(LicenceConstraint(truck, LicenceBit("B")), kMet);
  EXPECT_EQ(LicenceConstraint(truck, LicenceBit("D")), kFailed);
  EXPECT_EQ(LicenceConstraint(uint16_t{0}, LicenceBit("B")), kFailed);
  EXPECT_EQ(LicenceConstraint(std::nullopt, LicenceBit("B")), kOpen);
  EXPECT_EQ(LicenceConstraint(truck, 0), kOpen);
  EXPECT_EQ(LicenceText(WithIncluded(LicenceBit("BE"))), "AM, L, B, BE");
}

TEST(SalaryConstraintTest, TheFloorItselfIsEnough) {
  EXPECT_EQ(SalaryConstraint(2000, 2000), kMet);
  EXPECT_EQ(SalaryConstraint(2000, 1999), kFailed);
  EXPECT_EQ(SalaryConstraint(-1, 1999), kOpen);
  EXPECT_EQ(SalaryConstraint(2000, -1), kOpen);
}

TEST(HoursConstraintTest, OneSharedValueIsEnough) {
  EXPECT_EQ(HoursConstraint({600, 1200}, {1200, 1800}), kMet);
  EXPECT_EQ(HoursConstraint({600, 1200}, {1201, 1800}), kFailed);
  EXPECT_EQ(HoursConstraint({0, 0}, {1201, 1800}), kOpen);
}

TEST(HomeConstraintTest, TypesBudgetRoomsAndOccupants) {
  EXPECT_EQ(HomeTypeConstraint(0b10, 1, 0b10, 1), kMet);
  EXPECT_EQ(HomeTypeConstraint(0b10, 1, 0b10, 2), kFailed);
  EXPECT_EQ(HomeTypeConstraint(0b10, 1, 0b10, 0), kOpen);
  EXPECT_EQ(HomeTypeConstraint(0, 1, 0, 1), kOpen);
  EXPECT_EQ(BudgetConstraint(100, 100), kMet);
  EXPECT_EQ(BudgetConstraint(100, 101), kFailed);
  EXPECT_EQ(BudgetConstraint(100, -1), kOpen);
  EXPECT_EQ(RoomsConstraint(6, 6), kMet);
  EXPECT_EQ(RoomsConstraint(6, 5), kFailed);
  EXPECT_EQ(RoomsConstraint(6, 0), kOpen);
  EXPECT_EQ(OccupantsConstraint(3, 2, 4), kMet);
  EXPECT_EQ(OccupantsConstraint(3, 4, 0), kFailed);
  EXPECT_EQ(OccupantsConstraint(3, 0, 2), kFailed);
  EXPECT_EQ(OccupantsConstraint(3, 0, 0), kOpen);
  EXPECT_EQ(OccupantsConstraint(0, 1, 2), kOpen);
}

TEST(HomeConstraintTest, PetsAccessibilityAndWbs) {
  EXPECT_EQ(PetsConstraint(true, kYes), kMet);
  EXPECT_EQ(PetsConstraint(true, kNo), kFailed);
  EXPECT_EQ(PetsConstraint(true, 0), kOpen);
  EXPECT_EQ(PetsConstraint(false, kNo), kOpen);
  const uint32_t step_free = 1U << housing::v1::ACCESSIBILITY_STEP_FREE;
  const uint32_t wheelchair = 1U << housing::v1::ACCESSIBILITY_WHEELCHAIR;
  const uint32_t none = 1U << housing::v1::ACCESSIBILITY_NONE;
  EXPECT_EQ(AccessibilityConstraint(step_free, wheelchair), kMet);
  EXPECT_EQ(AccessibilityConstraint(wheelchair, step_free), kFailed);
  EXPECT_EQ(AccessibilityConstraint(step_free, none), kFailed);
  EXPECT_EQ(AccessibilityConstraint(step_free, 0), kOpen);
  EXPECT_EQ(AccessibilityConstraint(0, none), kOpen);
  EXPECT_EQ(WbsConstraint(kNo, kYes), kFailed);
  EXPECT_EQ(WbsConstraint(kYes, kYes), kMet);
  EXPECT_EQ(WbsConstraint(kNo, kNo), kMet);
  EXPECT_EQ(WbsConstraint(0, kYes), kOpen);
  EXPECT_EQ(WbsConstraint(kNo, 0), kOpen);
}

TEST(ContactConstraintTest, TypesAndSteps) {
  EXPECT_EQ(ContactTypeConstraint(0b10, 1), kMet);
  EXPECT_EQ(ContactTypeConstraint(0b10, 2), kFailed);
  EXPECT_EQ(ContactTypeConstraint(0, 2), kOpen);
  EXPECT_EQ(StepFreeConstraint(true, kYes), kMet);
  EXPECT_EQ(StepFreeConstraint(true, kNo), kFailed);
  EXPECT_EQ(StepFreeConstraint(true, 0), kOpen);
  EXPECT_EQ(StepFreeConstraint(false, kNo), kOpen);
}

TEST(AgesConstraintTest, AChildCountsWithBothAgesOfItsYear) {
  constexpr uint8_t kCare = contacts::v1::CONTACT_TYPE_CHILDCARE;
  constexpr uint8_t kClub = contacts::v1::CONTACT_TYPE_CLUB;
  const auto outcome = [](int32_t birth_year) {
    return AgesConstraint(kCare, 3, 6, {birth_year}, {}, 2027);
  };
  EXPECT_EQ(outcome(2024), kMet);     // 2 or 3
  EXPECT_EQ(outcome(2025), kFailed);  // 1 or 2
  EXPECT_EQ(outcome(2020), kMet);     // 6 or 7
  EXPECT_EQ(outcome(2019), kFailed);  // 7 or 8
  EXPECT_EQ(AgesConstraint(kCare, 3, 6, {}, {2023}, 2027), kFailed);
  EXPECT_EQ(AgesConstraint(kCare, 0, 3, {2028}, {}, 2027), kMet);
  EXPECT_EQ(AgesConstraint(kClub, 3, 6, {}, {}, 2027), kOpen);
}

}  // namespace
}  // namespace heimweg::matching
