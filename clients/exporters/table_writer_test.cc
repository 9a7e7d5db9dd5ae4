// JSON lines and CSV, written and read back.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>

#include "absl/strings/str_cat.h"
#include "clients/exporters/offer_writer.h"
#include "clients/importers/formats.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"

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

TEST(CsvWriter, WritesWhatAnImportReadsWithoutAMapping) {
  const auto writer = NewCsvWriter(*Home::descriptor());
  Home home = AHome();
  home.set_name("networks/n/homes/h");
  home.set_etag("7");
  home.mutable_place()->mutable_resolved()->set_ags("12062124");
  home.mutable_duplicate_of()->set_score(9);
  const Home read = ReadBack(
      *importers::CsvFormat(),
      absl::StrCat(writer->Begin(), writer->Offer(home), writer->End()), "");
  Home expected = AHome();
  expected.set_title("Haus; \"am See\"");
  EXPECT_TRUE(MessageDifferencer::Equals(read, expected))
      << read.ShortDebugString();
}

TEST(CsvWriter, AllOfAListAndWhatWasInferredIsReadBack) {
  const auto writer = NewCsvWriter(*jobs::v1::Job::descriptor());
  jobs::v1::Job job;
  job.set_external_id("1");
  type::v1::Occupation& first = *job.add_occupations();
  first.set_title("Zimmerer | Treppen\\Bau");
  first.set_kldb_code("33322");
  first.set_inferred(true);
  job.add_occupations()->set_esco_uri("http://a.example/1");
  job.add_required_skills("a|b");
  job.add_required_skills("c");
  CollectingSink sink;
  importers::ReadOptions options;
  options.kind = importers::Kind::kJobs;
  ASSERT_TRUE(sink.Read(*importers::CsvFormat(),
                        absl::StrCat(writer->Begin(), writer->Offer(job)),
                        options)
                  .ok());
  ASSERT_EQ(sink.records.size(), 1);
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  EXPECT_TRUE(MessageDifferencer::Equals(sink.Row<jobs::v1::Job>(0), job))
      << sink.Row<jobs::v1::Job>(0).ShortDebugString();
}

}  // namespace
}  // namespace heimweg::exporters
