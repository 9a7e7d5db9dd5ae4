#include "services/occupations/occupation_inference.h"

#include <google/protobuf/repeated_ptr_field.h>

#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "heimweg/type/v1/occupation.pb.h"
#include "services/occupations/testing/taxonomies.h"

namespace heimweg::occupations {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using type::v1::Occupation;
using Occupations = google::protobuf::RepeatedPtrField<Occupation>;

Occupation Titled(const char* title) {
  Occupation occupation;
  occupation.set_title(title);
  return occupation;
}

class InferOccupationTest : public ::testing::Test {
 protected:
  const OccupationCatalog& built_in_ = *OccupationCatalog::BuiltIn();
};

TEST_F(InferOccupationTest, FlagsTheCodeThatATitleSurelyMeans) {
  Occupation occupation = Titled("Erzieherin (m/w/d)");
  InferOccupation(built_in_, occupation);
  EXPECT_EQ(occupation.kldb_code(), "831");
  EXPECT_TRUE(occupation.inferred());
}

TEST_F(InferOccupationTest, LeavesWhatIsNotSureWithoutACode) {
  Occupation occupation = Titled("Tausendsassa");
  occupation.set_inferred(true);
  InferOccupation(built_in_, occupation);
  EXPECT_EQ(occupation.kldb_code(), "");
  EXPECT_FALSE(occupation.inferred());
}

TEST_F(InferOccupationTest, NeverChangesACodeThatWasGiven) {
  Occupation occupation = Titled("Erzieherin");
  occupation.set_kldb_code("83112");
  InferOccupation(built_in_, occupation);
  EXPECT_EQ(occupation.kldb_code(), "83112");
  EXPECT_FALSE(occupation.inferred());
}

TEST_F(InferOccupationTest, FollowsATitleThatChanged) {
  Occupation occupation = Titled("Erzieherin");
  InferOccupation(built_in_, occupation);
  occupation.set_title("Bäcker");
  InferOccupation(built_in_, occupation);
  EXPECT_EQ(occupation.kldb_code(), "292");
  EXPECT_TRUE(occupation.inferred());
}

TEST_F(InferOccupationTest, AlsoHasTheUriWhereEscoIsImported) {
  CatalogImports imports;
  imports.esco = std::make_shared<const Esco>(*ReadEsco(testing::EscoFiles()));
  const OccupationCatalog with_esco(imports);
  Occupation occupation = Titled("Zimmerer (m/w/d)");
  InferOccupation(with_esco, occupation);
  EXPECT_EQ(occupation.kldb_code(), "333");
  EXPECT_EQ(occupation.esco_uri(), testing::kCarpenterUri);
  // After a rollback the URI goes again.
  InferOccupation(built_in_, occupation);
  EXPECT_EQ(occupation.kldb_code(), "333");
  EXPECT_EQ(occupation.esco_uri(), "");
}

TEST_F(InferOccupationTest, AnOfferWithoutOccupationsHasThatOfItsTitle) {
  Occupations none;
  InferOccupations(built_in_, "Bäcker (m/w/d)", none);
  ASSERT_THAT(none, SizeIs(1));
  EXPECT_EQ(none.at(0).kldb_code(), "292");
  EXPECT_EQ(none.at(0).title(), "");
  EXPECT_TRUE(none.at(0).inferred());
  // It follows the offer's title, and goes where that says nothing.
  InferOccupations(built_in_, "Erzieherin", none);
  ASSERT_THAT(none, SizeIs(1));
  EXPECT_EQ(none.at(0).kldb_code(), "831");
  InferOccupations(built_in_, "Wir suchen dich!", none);
  EXPECT_THAT(none, IsEmpty());
}

class CounterpartTest : public ::testing::Test {
 protected:
  CounterpartTest()
      : imported_({.esco = std::make_shared<const Esco>(
                       *ReadEsco(testing::EscoFiles())),
                   .kldb = nullptr,
                   .crosswalk = std::make_shared<const BaCrosswalk>(
                       *ParseBaCrosswalk(testing::CrosswalkFiles()))}) {}

  const OccupationCatalog imported_;
};

TEST_F(CounterpartTest, AUriGetsTheNearestCodeBesideIt) {
  Occupations own;
  own.Add()->set_esco_uri(testing::kCarpenterUri);
  // Twice: what was inferred is inferred anew.
  for (int i = 0; i < 2; ++i) {
    InferOccupations(imported_, "Wir suchen dich!", own);
    ASSERT_THAT(own, SizeIs(2));
    EXPECT_EQ(own.at(0).kldb_code(), "");
    EXPECT_FALSE(own.at(0).inferred());
    EXPECT_EQ(own.at(1).kldb_code(),
              imported_.FindEsco(testing::kCarpenterUri)->kldb_code);
    EXPECT_NE(own.at(1).kldb_code(), "");
    EXPECT_TRUE(own.at(1).inferred());
  }
  // Without the crosswalk it goes again.
  InferOccupations(*OccupationCatalog::BuiltIn(), "", own);
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own.at(0).esco_uri(), testing::kCarpenterUri);
}

TEST_F(CounterpartTest, ACodeGetsTheUriThatTheTitleSurelyMeans) {
  const std::string code =
      imported_.FindEsco(testing::kCarpenterUri)->kldb_code;
  Occupations own;
  own.Add()->set_kldb_code(code);
  InferOccupations(imported_, "Zimmerer (m/w/d)", own);
  ASSERT_THAT(own, SizeIs(2));
  EXPECT_EQ(own.at(0).esco_uri(), "");
  EXPECT_EQ(own.at(1).kldb_code(), code);
  EXPECT_EQ(own.at(1).esco_uri(), testing::kCarpenterUri);
  EXPECT_TRUE(own.at(1).inferred());
  // It is also the only one under its code.
  InferOccupations(imported_, "Wir suchen dich!", own);
  ASSERT_THAT(own, SizeIs(2));
  EXPECT_EQ(own.at(1).esco_uri(), testing::kCarpenterUri);
}

TEST_F(CounterpartTest, NothingIsAddedWhereTitleAndCodeDisagree) {
  Occupations own;
  own.Add()->set_kldb_code("81302");
  InferOccupations(imported_, "Zimmerer (m/w/d)", own);
  EXPECT_THAT(own, SizeIs(1));
}

TEST_F(CounterpartTest, TheLimitOfAnOfferIsKept) {
  Occupations own;
  for (int i = 0; i < 5; ++i) own.Add()->set_esco_uri(testing::kCarpenterUri);
  InferOccupations(imported_, "", own);
  EXPECT_THAT(own, SizeIs(5));
}

TEST_F(CounterpartTest, AnAdultHasThemToo) {
  Occupations wished;
  wished.Add()->set_esco_uri(testing::kCarpenterUri);
  InferWished(imported_, wished);
  ASSERT_THAT(wished, SizeIs(2));
  EXPECT_TRUE(wished.at(1).inferred());
}

TEST_F(InferOccupationTest, AnOffersOwnOccupationsStandAlone) {
  Occupations own;
  own.Add()->set_kldb_code("83112");
  InferOccupations(built_in_, "Bäcker (m/w/d)", own);
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own.at(0).kldb_code(), "83112");
  // One that was inferred before goes beside one that is given.
  own.Add()->set_kldb_code("292");
  own.Mutable(1)->set_inferred(true);
  InferOccupations(built_in_, "Bäcker (m/w/d)", own);
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own.at(0).kldb_code(), "83112");
}

}  // namespace
}  // namespace heimweg::occupations
