#include "services/matching/field_writer.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "heimweg/matching/v1/match.pb.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/matching/cards.h"

namespace heimweg::matching {
namespace {

using CardFields = v1::OfferCard;

TEST(FieldWriterTest, WritesWhatTheMessageSerializesTo) {
  v1::OfferCard card;
  card.set_title("Köchin");
  card.set_amount_cents(0);  // With presence: written although it is 0.
  card.set_rooms(2.5);
  card.set_visibility(type::v1::VISIBILITY_PUBLIC);

  FieldWriter writer(1);
  writer.Text(CardFields::kTitleFieldNumber, "Köchin");
  writer.Text(CardFields::kMunicipalityFieldNumber, "");
  writer.WriteNumber(CardFields::kAmountCentsFieldNumber, 0);
  writer.WriteDouble(CardFields::kRoomsFieldNumber, 2.5);
  writer.Number(CardFields::kVisibilityFieldNumber,
                type::v1::VISIBILITY_PUBLIC);

  EXPECT_EQ(writer.Take(), card.SerializeAsString());
}

TEST(FieldWriterTest, WritesNumbersOfEverySizeAndSign) {
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  for (const int64_t number : {kLeast, int64_t{-1}, int64_t{0}, int64_t{1},
                               int64_t{127}, int64_t{128}, kMost}) {
    v1::Relaxation relaxation;
    relaxation.set_additional_offers(number);
    FieldWriter writer;
    writer.Number(v1::Relaxation::kAdditionalOffersFieldNumber, number);
    EXPECT_EQ(writer.Take(), relaxation.SerializeAsString()) << number;
  }
}

// Lengths of one, two, three and four bytes, of the inner and of the outer one.
TEST(FieldWriterTest, WritesMessagesOfEveryLength) {
  for (const size_t length :
       {size_t{0}, size_t{1}, size_t{121}, size_t{122}, size_t{125},
        size_t{126}, size_t{127}, size_t{128}, size_t{16'379}, size_t{16'384},
        size_t{2'097'151}, size_t{2'097'152}}) {
    const std::string text(length, 'x');
    v1::Reason reason;
    reason.set_key(v1::REASON_KEY_NEAR);
    reason.add_parameters()->set_value(text);
    v1::Match match;
    *match.add_reasons() = reason;
    match.add_reasons();  // Empty, and there all the same.
    match.mutable_card()->set_type("t");

    FieldWriter writer;
    writer.Message(v1::Match::kReasonsFieldNumber, [&] {
      writer.Number(v1::Reason::kKeyFieldNumber, v1::REASON_KEY_NEAR);
      writer.Message(v1::Reason::kParametersFieldNumber, [&] {
        writer.Text(v1::ReasonParameter::kValueFieldNumber, text);
      });
    });
    writer.Message(v1::Match::kReasonsFieldNumber, [] {});
    writer.Message(v1::Match::kCardFieldNumber,
                   [&] { writer.Text(CardFields::kTypeFieldNumber, "t"); });

    EXPECT_EQ(writer.bytes().size(), match.ByteSizeLong()) << length;
    EXPECT_TRUE(writer.Take() == match.SerializeAsString()) << length;
  }
}

TEST(FieldWriterTest, TakesReadyFieldsAndThoseOfAMessage) {
  v1::Match match;
  match.set_offer("networks/a/jobs/b");
  v1::Match rest;
  rest.set_adult("a");
  rest.set_distance_meters(7);

  FieldWriter writer(0);
  writer.Fields(match.SerializeAsString());
  writer.Fields("");
  writer.FieldsOf(rest);

  match.MergeFrom(rest);
  EXPECT_EQ(writer.Take(), match.SerializeAsString());
}

TEST(CardsTest, GivesTheTextsBackAndAsFieldsOfACard) {
  const Card full = {"networks/a/jobs/1", "Köchin", "Herzberg", "04916",
                     "Gasthof"};
  const Card bare = {"networks/a/jobs/2", "", "Uebigau", "", ""};
  Cards cards;
  cards.Append(full);
  cards.Append(bare);
  cards.Append({"networks/a/jobs/3", "", "", "", ""});
  cards.Seal();

  EXPECT_EQ(cards.At(0).title, full.title);
  EXPECT_EQ(cards.At(0).organization, full.organization);
  EXPECT_EQ(cards.At(1).name, bare.name);
  EXPECT_EQ(cards.At(1).title, "");
  EXPECT_EQ(cards.At(1).municipality, bare.municipality);
  EXPECT_EQ(cards.At(1).postal_code, "");
  v1::OfferCard card;
  card.set_title("Köchin");
  card.set_municipality("Herzberg");
  card.set_postal_code("04916");
  card.set_organization("Gasthof");
  EXPECT_EQ(cards.CardFieldsAt(0), card.SerializeAsString());
  EXPECT_EQ(cards.CardFieldsAt(2), "");
  EXPECT_EQ(cards.Find("networks/a/jobs/3"), 2U);
  EXPECT_EQ(cards.Find("networks/a/jobs/4"), std::nullopt);
}

}  // namespace
}  // namespace heimweg::matching
