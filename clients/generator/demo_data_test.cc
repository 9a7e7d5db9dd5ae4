// The rows of deploy/demo: strict proto3 JSON, enough of them, nobody real.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/util/json_util.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/places/gazetteer.h"
#include "tests/support/temp_dir.h"

namespace heimweg {
namespace {

using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;

// Each region's district, for the AGS of its places.
struct Region {
  std::string folder;
  std::string district_ags;
};
const Region kRegions[] = {{"elbe-elster", "12062"},
                           {"hochsauerland", "05958"}};

std::filesystem::path DemoFolder() { return HEIMWEG_DEMO_FOLDER; }

// Strict: unknown fields and enum values are errors.
template <typename Message>
Message Parse(const std::string& json) {
  Message message;
  const auto status =
      google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << json;
  return message;
}

template <typename Offer>
std::vector<Offer> ReadRows(const Region& region, const std::string& file) {
  std::ifstream lines(DemoFolder() / region.folder / file);
  std::vector<Offer> rows;
  for (std::string line; std::getline(lines, line);) {
    rows.push_back(Parse<Offer>(line));
  }
  return rows;
}

struct Rows {
  std::vector<jobs::v1::Job> jobs;
  std::vector<housing::v1::Home> homes;
  std::vector<contacts::v1::Contact> contacts;
};

Rows ReadRegion(const Region& region) {
  return {ReadRows<jobs::v1::Job>(region, "jobs.jsonl"),
          ReadRows<housing::v1::Home>(region, "homes.jsonl"),
          ReadRows<contacts::v1::Contact>(region, "contacts.jsonl")};
}

std::vector<profiles::v1::Profile> ReadProfiles() {
  std::vector<profiles::v1::Profile> profiles;
  for (const auto& file :
       std::filesystem::directory_iterator(DemoFolder() / "profiles")) {
    if (file.path().extension() != ".json") continue;
    profiles.push_back(Parse<profiles::v1::Profile>(
        heimweg::testing::ContentsOf(file.path())));
    EXPECT_EQ(profiles.back().name(),
              "profiles/" + file.path().stem().string());
  }
  return profiles;
}

void ExpectResolves(const places::Gazetteer& gazetteer,
                    const type::v1::Place& place,
                    const std::string& district_ags) {
  places::PlaceQuery query{place.postal_code(), place.municipality(),
                           place.ags(), std::nullopt};
  const auto resolved = gazetteer.Resolve(query);
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(resolved->district_ags, district_ags) << place.ShortDebugString();
}

TEST(DemoTest, HasEnoughOffersAndHouseholds) {
  size_t jobs = 0, homes = 0, contacts = 0;
  for (const Region& region : kRegions) {
    const Rows rows = ReadRegion(region);
    jobs += rows.jobs.size();
    homes += rows.homes.size();
    contacts += rows.contacts.size();
  }
  EXPECT_THAT(jobs, Ge(60u));
  EXPECT_THAT(homes, Ge(40u));
  EXPECT_THAT(contacts, Ge(30u));
  EXPECT_THAT(ReadProfiles(), SizeIs(6));
}

template <typename Offer>
void ExpectWellFormed(const std::vector<Offer>& rows,
                      std::set<std::string>& external_ids) {
  for (const Offer& row : rows) {
    SCOPED_TRACE(row.external_id());
    EXPECT_EQ(row.source(), "demo");
    EXPECT_THAT(row.external_id(), Not(IsEmpty()));
    EXPECT_TRUE(external_ids.insert(row.external_id()).second);
    EXPECT_THAT(row.title(), Not(IsEmpty()));
    EXPECT_THAT(row.description(), Not(IsEmpty()));
    EXPECT_THAT(row.validity().end_time().seconds(), Ge(1'900'000'000));
  }
}

TEST(DemoTest, EveryRowIsItsOwnAndComplete) {
  for (const Region& region : kRegions) {
    const Rows rows = ReadRegion(region);
    std::set<std::string> external_ids;
    ExpectWellFormed(rows.jobs, external_ids);
    ExpectWellFormed(rows.homes, external_ids);
    ExpectWellFormed(rows.contacts, external_ids);
    for (const jobs::v1::Job& job : rows.jobs) {
      EXPECT_TRUE(job.has_place() || job.remote_percent() == 100);
      for (const type::v1::Occupation& occupation : job.occupations()) {
        EXPECT_THAT(occupation.kldb_code(),
                    MatchesRegex("[0-9][0-9][0-9][0-9][1-4]"));
      }
    }
    for (const housing::v1::Home& home : rows.homes) {
      EXPECT_NE(home.tenure(), housing::v1::TENURE_UNSPECIFIED);
    }
    for (const contacts::v1::Contact& contact : rows.contacts) {
      EXPECT_NE(contact.contact_type(), contacts::v1::CONTACT_TYPE_UNSPECIFIED);
    }
  }
}

TEST(DemoTest, RowsAreOfAllStatesAndTellApartKnownAndUnknown) {
  std::set<int> states, visibilities, tenures, contact_types;
  int with_salary = 0, jobs = 0;
  for (const Region& region : kRegions) {
    const Rows rows = ReadRegion(region);
    for (const auto& job : rows.jobs) {
      states.insert(job.state());
      visibilities.insert(job.visibility());
      with_salary += job.has_salary();
      ++jobs;
    }
    for (const auto& home : rows.homes) {
      states.insert(home.state());
      tenures.insert(home.tenure());
    }
    for (const auto& contact : rows.contacts) {
      visibilities.insert(contact.visibility());
      contact_types.insert(contact.contact_type());
    }
  }
  EXPECT_THAT(states, SizeIs(3));
  EXPECT_THAT(visibilities, SizeIs(3));
  EXPECT_THAT(tenures, SizeIs(4));
  EXPECT_THAT(contact_types, SizeIs(9));
  EXPECT_LT(with_salary, jobs);
  EXPECT_GT(with_salary, jobs / 2);
}

// Whatever looks like an address or a number in any text of any file.
TEST(DemoTest, NobodyRealCanBeReached) {
  const std::regex mail("[^ \"]+@[^ \",]+");
  const std::regex phone("\\+49[0-9 ]+");
  const std::regex uri("https?://[^\"]*");
  int found = 0;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(DemoFolder())) {
    if (!file.is_regular_file()) continue;
    const std::string text = heimweg::testing::ContentsOf(file.path());
    const auto matches = [&](const std::regex& shape) {
      std::vector<std::string> all;
      for (std::sregex_iterator m(text.begin(), text.end(), shape), end;
           m != end; ++m) {
        all.push_back(m->str());
      }
      found += static_cast<int>(all.size());
      return all;
    };
    for (const std::string& address : matches(mail)) {
      EXPECT_THAT(address,
                  AnyOf(EndsWith("@example.org"), EndsWith(".example")));
    }
    for (const std::string& number : matches(phone)) {
      EXPECT_THAT(number, MatchesRegex("\\+49 (30 23125|221 4710|69 90009) "
                                       "[0-9][0-9][0-9]"));
    }
    for (const std::string& address : matches(uri)) {
      EXPECT_THAT(address, MatchesRegex("https://[a-z-]+\\.example/.*"));
    }
  }
  EXPECT_GT(found, 60);
}

TEST(DemoTest, EveryPlaceIsInItsRegion) {
  const char* path = std::getenv("HEIMWEG_GAZETTEER");
  if (path == nullptr) GTEST_SKIP() << "HEIMWEG_GAZETTEER names no file";
  const auto gazetteer = places::Gazetteer::Load(path);
  ASSERT_TRUE(gazetteer.ok()) << gazetteer.status();
  for (const Region& region : kRegions) {
    const Rows rows = ReadRegion(region);
    for (const auto& row : rows.jobs) {
      if (row.has_place()) {
        ExpectResolves(*gazetteer, row.place(), region.district_ags);
      }
    }
    for (const auto& row : rows.homes) {
      ExpectResolves(*gazetteer, row.place(), region.district_ags);
    }
    for (const auto& row : rows.contacts) {
      ExpectResolves(*gazetteer, row.place(), region.district_ags);
    }
  }
}

TEST(DemoTest, EveryHouseholdIsDrawnToAKnownPlace) {
  const char* path = std::getenv("HEIMWEG_GAZETTEER");
  if (path == nullptr) GTEST_SKIP() << "HEIMWEG_GAZETTEER names no file";
  const auto gazetteer = places::Gazetteer::Load(path);
  ASSERT_TRUE(gazetteer.ok()) << gazetteer.status();
  for (const profiles::v1::Profile& profile : ReadProfiles()) {
    SCOPED_TRACE(profile.name());
    EXPECT_THAT(profile.anchors(), Not(IsEmpty()));
    for (const auto& anchor : profile.anchors()) {
      const places::PlaceQuery query{anchor.place().postal_code(),
                                     anchor.place().municipality(),
                                     anchor.place().ags(), std::nullopt};
      EXPECT_TRUE(gazetteer->Resolve(query).ok());
    }
  }
}

}  // namespace
}  // namespace heimweg
