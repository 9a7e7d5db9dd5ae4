// JSON lines and CSV, written and read back.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/exporters/offer_writer.h"
#include "clients/importers/formats.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/housing/v1/home.pb.h"

namespace heimweg::exporters {
namespace {

using google::protobuf::util::MessageDifferencer;
using housing::v1::Home;
using importers::CollectingSink;

Home AHome() {
  Home home;
  home.set_state(type::v1::OFFER_STATE_PUBLISHED);
  home.set_title("Haus; \"am See\"\r");
  home.set_description("eins\nzwei");
  home.set_source("s");
  home.set_external_id("1");
  home.mutable_place()->set_postal_code("04910");
  home.mutable_place()->mutable_location()->set_latitude(51.4617423);
  home.mutable_place()->mutable_location()->set_longitude(13.5200001);
  home.set_tenure(housing::v1::TENURE_RENT);
  home.set_monthly_cold_rent_cents(123405);
  home.set_rooms(2.5);
  home.mutable_available_from()->set_year(2027);
  home.mutable_available_from()->set_month(8);
  home.mutable_available_from()->set_day(1);
  home.mutable_verified_time()->set_seconds(1'774'602'000);
  home.set_pets_allowed(type::v1::ANSWER_NO);
  home.add_accessibility(housing::v1::ACCESSIBILITY_LIFT);
  home.add_accessibility(housing::v1::ACCESSIBILITY_STEP_FREE);
  return home;
}

Home ReadBack(const importers::Format& format, const std::string& text,
              const std::string& mapping) {
  CollectingSink sink;
  importers::ReadOptions options;
  options.kind = importers::Kind::kHomes;
  options.mapping = mapping;
  EXPECT_TRUE(sink.Read(format, text, options).ok());
  EXPECT_EQ(sink.records.size(), 1);
  EXPECT_TRUE(sink.rejections.empty());
  return sink.records.empty() ? Home() : sink.Row<Home>(0);
}

TEST(JsonLinesWriter, WritesWhatAnImportReads) {
  const auto writer = NewJsonLinesWriter();
  const std::string text =
      absl::StrCat(writer->Begin(), writer->Offer(AHome()), writer->End());
  EXPECT_TRUE(MessageDifferencer::Equals(
      ReadBack(*importers::JsonLinesFormat(), text, ""), AHome()));
}

TEST(CsvWriter, WritesWhatAnImportReadsWithAMappingToItself) {
  const auto writer = NewCsvWriter(*Home::descriptor());
  const std::string header = writer->Begin();
  std::string columns;
  for (const auto& path :
       absl::StrSplit(absl::StrReplaceAll(header, {{"\r\n", ""}}), ';')) {
    const std::string name(path);
    if (name == "name" || name == "etag" || name == "create_time" ||
        name == "update_time" || name.find("resolved") != std::string::npos) {
      continue;
    }
    absl::StrAppend(&columns, columns.empty() ? "" : ",", "\"", name,
                    "\":{\"column\":\"", name, "\",\"split\":\"|\"}");
  }
  const Home read =
      ReadBack(*importers::CsvFormat(),
               absl::StrCat(header, writer->Offer(AHome()), writer->End()),
               absl::StrCat("{\"columns\":{", columns, "}}"));
  Home expected = AHome();
  expected.set_title("Haus; \"am See\"");
  EXPECT_TRUE(MessageDifferencer::Equals(read, expected))
      << read.ShortDebugString();
}

}  // namespace
}  // namespace heimweg::exporters
