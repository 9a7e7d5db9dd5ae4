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
