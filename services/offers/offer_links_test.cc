#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/offers/common_rules.h"
#include "services/offers/testing/memory_engine.h"
#include "services/offers/testing/mirror.h"
#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::Fields;
using ::heimweg::offers::testing::MemoryEngine;
using ::heimweg::offers::testing::Mirror;
using ::heimweg::offers::testing::Rows;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using jobs::v1::Job;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kMoon[] = "networks/moon";

Job ANurse(const std::string& source, const std::string& external_id) {
  Job job;
  job.set_title("Pflegefachkraft (m/w/d)");
  job.mutable_employer()->set_display_name("Klinikum Elbe gGmbH");
  job.mutable_place()->set_postal_code("04924");
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  job.set_source(source);
  job.set_external_id(external_id);
  return job;
}

class OfferLinksTest : public ::testing::Test {
 protected:
  // Stored under the id of its source and external id.
  std::string Add(const Job& job,
                  const std::string& parent = offers::testing::kSun) {
    const auto created = book_.Create(
        job, absl::StrCat(job.source(), job.external_id()), parent);
    EXPECT_THAT(created, IsOk());
    // The next one is younger.
    book_.clock().Advance(absl::Milliseconds(1));
    return created->name();
  }
  std::string LinkOf(const std::string& name) {
    return book_.Get(name)->duplicate_of().offer();
  }
  std::vector<std::string> Duplicates() {
    jobs::v1::ListJobsRequest request;
    request.set_parent("networks/-");
    request.mutable_filter()->set_only_duplicates(true);
    request.mutable_filter()->set_include_expired(true);
    return offers::testing::Names(*book_.List(request));
  }
  void Rule(const std::string& name, const type::v1::DuplicateRuling& ruling) {
    Job job;
    job.set_name(name);
    if (ruling.ruling_case() != type::v1::DuplicateRuling::RULING_NOT_SET) {
      *job.mutable_duplicate_ruling() = ruling;
    }
    ASSERT_THAT(book_.Update(job, {"duplicate_ruling"}), IsOk());
  }

  TestBook book_;
};

TEST_F(OfferLinksTest, TheSameJobOfAnotherSourceRepeatsTheOlderOne) {
  const std::string older = Add(ANurse("feed", "1"));
  Job written = ANurse("portal", "x");
  written.set_title("Pflegefachkraft (w/m/d) in Vollzeit");
  written.mutable_employer()->set_display_name("Klinikum Elbe");
  const std::string younger = Add(written);
  EXPECT_THAT(Duplicates(), ElementsAre(younger));
  const auto link = book_.Get(younger)->duplicate_of();
  EXPECT_EQ(link.offer(), older);
  EXPECT_EQ(link.score(), 8);
  EXPECT_EQ(link.end_time().seconds(),
            book_.Get(older)->validity().end_time().seconds());
}

TEST_F(OfferLinksTest, OneSourceRepeatsNothing) {
  for (int i = 0; i < 12; ++i) Add(ANurse("feed", absl::StrCat(i)));
  EXPECT_THAT(Duplicates(), IsEmpty());
}

TEST_F(OfferLinksTest, OfEachSourceOnlyOneRepeatsAnOffer) {
  Add(ANurse("a-feed", "1"));
  Add(ANurse("a-feed", "2"));
  for (int i = 0; i < 12; ++i) Add(ANurse("portal", absl::StrCat(i)));
  EXPECT_THAT(Duplicates(), ElementsAre("networks/sun/jobs/portal0",
                                        "networks/sun/jobs/portal1"));
  EXPECT_EQ(LinkOf("networks/sun/jobs/portal0"), "networks/sun/jobs/a-feed1");
  EXPECT_EQ(LinkOf("networks/sun/jobs/portal1"), "networks/sun/jobs/a-feed2");
}

TEST_F(OfferLinksTest, AnotherNetworksOfferIsRepeatedToo) {
  const std::string older = Add(ANurse("feed", "1"));
  const std::string same_id = Add(ANurse("feed", "1"), kMoon);
  const std::string other_id = Add(ANurse("feed", "2"), kMoon);
  EXPECT_THAT(Duplicates(), ElementsAre(same_id));
  EXPECT_EQ(LinkOf(same_id), older);
  EXPECT_EQ(LinkOf(other_id), "");
}

TEST_F(OfferLinksTest, WhatOneNetworkAloneMaySeeStandsForNoOther) {
  Job hidden = ANurse("feed", "1");
  hidden.set_visibility(type::v1::VISIBILITY_NETWORK);
  Add(hidden);
  Add(ANurse("feed", "1"), kMoon);
  EXPECT_THAT(Duplicates(), IsEmpty());
  Job within = ANurse("list", "1");
  within.set_visibility(type::v1::VISIBILITY_COUNSELLORS);
  EXPECT_EQ(LinkOf(Add(within)), "networks/sun/jobs/feed1");
}

TEST_F(OfferLinksTest, TheYoungerOneComesBackWhenTheOlderOneIsErased) {
  const std::string older = Add(ANurse("feed", "1"));
  const std::string second = Add(ANurse("portal", "1"));
  const std::string third = Add(ANurse("list", "1"));
  EXPECT_EQ(LinkOf(third), older);
  auto watch = *book_.StartWatch();
  Mirror mirror;
  ASSERT_THAT(mirror.Drain(*watch), IsOk());
  ASSERT_THAT(book_.Delete(older), IsOk());
  EXPECT_EQ(LinkOf(second), "");
  EXPECT_EQ(LinkOf(third), second);
  ASSERT_THAT(mirror.Drain(*watch), IsOk());
  EXPECT_EQ(mirror.offers(), offers::testing::State(book_, "networks/-"));
}

TEST_F(OfferLinksTest, TheYoungerOneComesBackWhenTheOlderOneIsWithdrawn) {
  const std::string older = Add(ANurse("feed", "1"));
  const std::string younger = Add(ANurse("portal", "1"));
  Job change = *book_.Get(older);
  change.set_state(type::v1::OFFER_STATE_FILLED);
  ASSERT_THAT(book_.Update(change, {"state"}), IsOk());
  EXPECT_EQ(LinkOf(younger), "");
  change = *book_.Get(older);
  change.set_state(type::v1::OFFER_STATE_PUBLISHED);
  ASSERT_THAT(book_.Update(change, {"state"}), IsOk());
  EXPECT_EQ(LinkOf(younger), older);
}

TEST_F(OfferLinksTest, TheYoungerOneComesBackWhenTheOlderOneHasEnded) {
  Job ending = ANurse("feed", "1");
  *ending.mutable_validity()->mutable_end_time() =
      ToTimestamp(book_.clock().AsFunction()() + absl::Minutes(90));
  Add(ending);
  const std::string younger = Add(ANurse("portal", "1"));
  book_.clock().Advance(absl::Minutes(89));
  EXPECT_THAT(book_->RenewLinks(), IsOkAndHolds(0));
  book_.clock().Advance(absl::Minutes(1));
  EXPECT_THAT(book_->RenewLinks(), IsOkAndHolds(1));
  EXPECT_EQ(LinkOf(younger), "");
  EXPECT_THAT(book_->RenewLinks(), IsOkAndHolds(0));
}

TEST_F(OfferLinksTest, APersonsNoStaysThroughImports) {
  auto import = book_.StartImport();
  ASSERT_THAT(import(Rows({ANurse("feed", "1"), ANurse("portal", "1")})),
              IsOk());
  const std::vector<std::string> duplicates = Duplicates();
  ASSERT_EQ(duplicates.size(), 1U);
  type::v1::DuplicateRuling no;
  no.set_distinct(true);
  Rule(duplicates[0], no);
  EXPECT_THAT(Duplicates(), IsEmpty());
  Job changed = ANurse("portal", "1");
  changed.set_description("Neu");
  ASSERT_THAT(import(Rows({changed, ANurse("feed", "1")})), IsOk());
  EXPECT_THAT(Duplicates(), IsEmpty());
  Rule(duplicates[0], {});
  EXPECT_EQ(Duplicates(), duplicates);
}

TEST_F(OfferLinksTest, APersonsYesLinksWhatIsNotAlike) {
  Job other = ANurse("portal", "1");
  other.set_title("Gesundheits- und Krankenpflege auf Station");
  const std::string name = Add(other);
  const std::string leader = Add(ANurse("feed", "1"));  // Younger.
  type::v1::DuplicateRuling yes;
  yes.set_same_as(leader);
  Rule(name, yes);
  EXPECT_EQ(LinkOf(name), leader);
  ASSERT_THAT(book_.Delete(leader), IsOk());
  EXPECT_EQ(LinkOf(name), "");
  Add(ANurse("feed", "1"));
  EXPECT_EQ(LinkOf(name), leader);
}

TEST_F(OfferLinksTest, TwoThatNameEachOtherAreBothShown) {
  Job one = ANurse("a", "1");
  one.mutable_duplicate_ruling()->set_same_as("networks/sun/jobs/b1");
  Job other = ANurse("b", "1");
  other.mutable_duplicate_ruling()->set_same_as("networks/sun/jobs/a1");
  Add(one);
  Add(other);
  EXPECT_THAT(Duplicates(), IsEmpty());
}

TEST_F(OfferLinksTest, RefusesRulingsThatSayNothing) {
  Job job = ANurse("a", "1");
  job.mutable_duplicate_ruling()->set_same_as("networks/sun/homes/b1");
  EXPECT_THAT(Fields(book_.Create(job).status()),
              ElementsAre("job.duplicate_ruling.same_as"));
  job.mutable_duplicate_ruling()->set_distinct(false);
  EXPECT_THAT(Fields(book_.Create(job).status()),
              ElementsAre("job.duplicate_ruling.distinct"));
  job.mutable_duplicate_ruling()->Clear();
  EXPECT_THAT(Fields(book_.Create(job).status()),
              ElementsAre("job.duplicate_ruling"));
  job.clear_duplicate_ruling();
  job.set_name(Add(job));
  job.mutable_duplicate_ruling()->set_same_as(job.name());
  EXPECT_THAT(Fields(book_.Update(job, {"duplicate_ruling"}).status()),
              ElementsAre("job.duplicate_ruling.same_as"));
}

TEST_F(OfferLinksTest, NobodySetsALink) {
  Job job = ANurse("a", "1");
  job.mutable_duplicate_of()->set_offer("networks/sun/jobs/x");
  const std::string name = Add(job);
  EXPECT_EQ(LinkOf(name), "");
  job.set_name(name);
  EXPECT_THAT(Fields(book_.Update(job, {"duplicate_of"}).status()),
              ElementsAre("update_mask"));
  ASSERT_THAT(book_.Update(job), IsOk());
  EXPECT_EQ(LinkOf(name), "");
}

TEST_F(OfferLinksTest, OnlyTheOldestOfManyAlikeTakePart) {
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i) {
    names.push_back(Add(ANurse("feed", absl::StrCat(i))));
    book_.clock().Advance(absl::Seconds(1));
  }
  EXPECT_THAT(Duplicates(), IsEmpty());
  const std::string late = Add(ANurse("portal", "1"));
  EXPECT_THAT(Duplicates(), IsEmpty());
  for (int i = 0; i < 8; ++i) ASSERT_THAT(book_.Delete(names[i]), IsOk());
  EXPECT_THAT(Duplicates(), IsEmpty());
  ASSERT_THAT(book_.Delete(names[39]), IsOk());
  EXPECT_THAT(Duplicates(), ElementsAre(late));
  EXPECT_EQ(LinkOf(late), names[8]);
}

TEST_F(OfferLinksTest, ManyAlikeGiveWayToOneThatIsPublishedLate) {
  Job draft = ANurse("draft", "1");
  draft.set_state(type::v1::OFFER_STATE_DRAFT);
  const std::string first = Add(draft);
  std::vector<std::string> names;
  for (int i = 0; i < 31; ++i) {
    book_.clock().Advance(absl::Seconds(1));
    names.push_back(Add(ANurse("feed", absl::StrCat(i))));
  }
  const std::string last = Add(ANurse("portal", "1"));
  ASSERT_EQ(LinkOf(last), names[0]);
  draft.set_name(first);
  draft.set_state(type::v1::OFFER_STATE_PUBLISHED);
  ASSERT_THAT(book_.Update(draft, {"state"}), IsOk());
  EXPECT_EQ(LinkOf(last), "") << "it is the 33rd of its block now";
  EXPECT_EQ(LinkOf(names[0]), first);
}

TEST_F(OfferLinksTest, ImportsAgainChangeNothing) {
  auto import = book_.StartImport();
  const auto rows = Rows({ANurse("feed", "1"), ANurse("portal", "1"),
                          ANurse("list", "1"), ANurse("feed", "2")});
  ASSERT_THAT(import(rows), IsOk());
  const auto before = offers::testing::State(book_, "networks/-");
  book_.Reopen();
  const auto again = book_.StartImport()(rows);
  ASSERT_THAT(again, IsOk());
  for (const auto& result : again->results()) {
    EXPECT_EQ(result.outcome(), type::v1::ImportRowResult::OUTCOME_UNCHANGED);
  }
  EXPECT_EQ(offers::testing::State(book_, "networks/-"), before);
}

TEST(OfferLinksRacesTest, OfManyWritersAtOnceExactlyOneOffersLeads) {
  TestBook book(std::make_unique<MemoryEngine>());
  constexpr int kThreads = 4;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&book, i] {
      auto import = book.StartImport();
      for (int round = 0; round < 10; ++round) {
        Job job = ANurse(absl::StrCat("source", i), "1");
        job.set_description(absl::StrCat("Fassung ", round));
        ASSERT_THAT(import(Rows({job})), IsOk());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  jobs::v1::ListJobsRequest request;
  request.set_parent("networks/-");
  const auto jobs = *book.List(request);
  ASSERT_EQ(jobs.jobs_size(), kThreads);
  std::vector<std::string> leaders;
  for (const Job& job : jobs.jobs()) {
    if (!job.has_duplicate_of()) leaders.push_back(job.name());
  }
  ASSERT_EQ(leaders.size(), 1U);
  for (const Job& job : jobs.jobs()) {
    if (job.has_duplicate_of()) {
      EXPECT_EQ(job.duplicate_of().offer(), leaders[0]);
    }
  }
}

}  // namespace
}  // namespace heimweg::offers
