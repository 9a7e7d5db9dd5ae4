#include "clients/importers/quick_json.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "clients/importers/json_syntax.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"

namespace heimweg::importers {
namespace {

using google::protobuf::Message;

constexpr char kJob[] =
    R"({"name":"networks/n/jobs/j","createTime":"2027-02-28T23:59:59.120Z",)"
    R"("state":"OFFER_STATE_PUBLISHED","title":"M\u00fcller \"\/\n€",)"
    R"("place":{"postalCode":"04910","location":{"latitude":51.5,)"
    R"("longitude":-13}},"validity":{"endTime":"2027-05-01T00:00:00Z"},)"
    R"("capacity":3,"occupations":[{"kldbCode":"22342"},{"title":"x"}],)"
    R"("requiredSkills":["a","b"],"weeklyHours":{"minimum":20.5,)"
    R"("maximum":4e1},"salary":{"minimumCents":"300000",)"
    R"("maximum_cents":400000,"period":"SALARY_PERIOD_MONTH"},)"
    R"("startDate":{"year":2027,"month":8,"day":1},"drivingLicences":[],)"
    R"("duplicateRuling":{"distinct":true},"employer":{}})";

// Whether it was read, and then what protobuf makes of it.
bool ReadsAlike(const std::string& text, const Message& type) {
  const std::unique_ptr<Message> quick(type.New());
  if (!ReadPlainJson(text, *quick)) return false;
  const std::unique_ptr<Message> slow(type.New());
  EXPECT_FALSE(FindJsonSyntaxError(text).has_value()) << text;
  const auto status = google::protobuf::util::JsonStringToMessage(
      text, slow.get(), google::protobuf::util::JsonParseOptions());
  EXPECT_TRUE(status.ok()) << status << " " << text;
  EXPECT_EQ(quick->SerializeAsString(), slow->SerializeAsString()) << text;
  return true;
}

TEST(QuickJsonTest, ReadsWhatProtobufReads) {
  EXPECT_TRUE(ReadsAlike(kJob, jobs::v1::Job()));
  EXPECT_TRUE(ReadsAlike("{}", jobs::v1::Job()));
  EXPECT_TRUE(ReadsAlike(
      R"( { "rooms" : 2.5 , "accessibility" : ["ACCESSIBILITY_LIFT"] } )",
      housing::v1::Home()));
  EXPECT_TRUE(ReadsAlike(R"({"ages":{"minimumYears":0,"maximumYears":0}})",
                         contacts::v1::Contact()));
}

TEST(QuickJsonTest, LeavesTheRestToProtobuf) {
  for (const char* text :
       {"",
        "[]",
        "1",
        "{",
        "{} x",
        R"({"title":null})",
        R"({"titel":"x"})",
        R"({"title":1})",
        R"({"capacity":1.0})",
        R"({"capacity":"01"})",
        R"({"capacity":3000000000})",
        R"({"capacity":"x"})",
        R"({"state":"PUBLISHED"})",
        R"({"state":2})",
        R"({"createTime":"2027-02-30T00:00:00Z"})",
        R"({"createTime":"2027-02-01"})",
        R"({"createTime":1})",
        R"({"place":{"postalCode":"1"},"place":{}})",
        R"({"duplicateRuling":{"distinct":true,"sameAs":"x"}})",
        R"({"requiredSkills":"a"})",
        R"({"requiredSkills":[["a"]]})",
        R"({"weeklyHours":{"minimum":"20"}})",
        R"({"weeklyHours":{"minimum":1e400}})",
        "{\"title\":\"\xff\"}",
        "{\"title\":\"\n\"}",
        R"({'title':"x"})",
        R"({"title":"x",})"}) {
    jobs::v1::Job job;
    EXPECT_FALSE(ReadPlainJson(text, job)) << text;
  }
}

TEST(QuickJsonTest, MakesOfDamagedTextsWhatProtobufMakes) {
  std::mt19937 random(3);
  const auto below = [&](size_t bound) {
    return std::uniform_int_distribution<size_t>(0, bound - 1)(random);
  };
  const std::string good = kJob;
  constexpr char kBytes[] = "{}[]\",:0123456789.-+eE\\utfn \xc3\xa4";
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = good;
    for (size_t i = below(3) + 1; i > 0; --i) {
      const size_t at = below(text.size());
      switch (below(4)) {
        case 0:
          text[at] = kBytes[below(sizeof kBytes - 1)];
          break;
        case 1:
          text.erase(at, below(8) + 1);
          break;
        case 2:
          text.insert(at, 1, kBytes[below(sizeof kBytes - 1)]);
          break;
        default:
          text.insert(at, good.substr(below(good.size()), below(30)));
      }
    }
    read += ReadsAlike(text, jobs::v1::Job()) ? 1 : 0;
  }
  EXPECT_GT(read, 500);
}

}  // namespace
}  // namespace heimweg::importers
