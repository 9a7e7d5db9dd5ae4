// Random changes of many alike jobs: the links are always those that comparing
// each with each gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/offers/common_rules.h"
#include "services/offers/testing/link_oracle.h"
#include "services/offers/testing/test_book.h"
#include "tests/support/status_matchers.h"

namespace heimweg::offers {
namespace {

using ::heimweg::offers::testing::LinkOracle;
using ::heimweg::offers::testing::TestBook;
using ::heimweg::testing::IsOk;
using jobs::v1::Job;

class RandomRegion {
 public:
  explicit RandomRegion(uint32_t seed) : random_(seed) {}

  void Step() {
    const int kind = Below(20);
    if (kind < 7 || names().empty()) {
      Create();
    } else if (kind < 13) {
      Change();
    } else if (kind < 15) {
      ASSERT_THAT(book_.Delete(Any()), IsOk());
    } else if (kind < 17) {
      Rule();
    } else {
      book_.clock().Advance(absl::Hours(Below(40)));
    }
    while (*book_->RenewLinks() > 0) {
    }
  }

  // By name, what it repeats: as stored, and as it should be.
  std::map<std::string, std::string> Links() {
    std::map<std::string, std::string> links;
    for (const Job& job : Jobs()) {
      if (job.has_duplicate_of()) {
        links[job.name()] = job.duplicate_of().offer();
      }
    }
    return links;
  }
  std::map<std::string, std::string> Expected() {
    return LinkOracle(Jobs(), Now()).links();
  }
  void Reopen() { book_.Reopen(); }

 private:
  absl::Time Now() { return book_.clock().AsFunction()(); }
  int Below(int bound) {
    return std::uniform_int_distribution<int>(0, bound - 1)(random_);
  }
  template <typename T>
  T OneOf(std::vector<T> values) {
    return values[Below(static_cast<int>(values.size()))];
  }

  std::vector<Job> Jobs() {
    jobs::v1::ListJobsRequest request;
    request.set_parent("networks/-");
    request.set_page_size(1'000);
    request.set_view(type::v1::OFFER_VIEW_FULL);
    request.mutable_filter()->set_include_expired(true);
    const auto page = book_.List(request);
    return {page->jobs().begin(), page->jobs().end()};
  }
  std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const Job& job : Jobs()) names.push_back(job.name());
    return names;
  }
  std::string Any() { return OneOf(names()); }

  void Fill(Job& job) {
    job.set_title(
        OneOf<std::string>({"Krankenpfleger (m/w/d)", "Krankenpfleger/in Nacht",
                            "Tischler für Möbelbau", "Krankenpfleger"}));
    job.mutable_employer()->set_display_name(
        OneOf<std::string>({"Klinik GmbH", "Klinik", "Klinik", "Hof"}));
    job.mutable_place()->set_postal_code(
        OneOf<std::string>({"04924", "04924", "03238"}));
    job.mutable_place()->set_street_address(
        OneOf<std::string>({"", "", "Markt 1", "Markt 2"}));
    job.set_state(OneOf<type::v1::OfferState>(
        {type::v1::OFFER_STATE_PUBLISHED, type::v1::OFFER_STATE_PUBLISHED,
         type::v1::OFFER_STATE_PUBLISHED, type::v1::OFFER_STATE_DRAFT}));
    job.set_visibility(OneOf<type::v1::Visibility>(
        {type::v1::VISIBILITY_PUBLIC, type::v1::VISIBILITY_PUBLIC,
         type::v1::VISIBILITY_NETWORK, type::v1::VISIBILITY_COUNSELLORS}));
    job.set_fixed_term(
        OneOf<type::v1::Answer>({type::v1::ANSWER_UNSPECIFIED,
                                 type::v1::ANSWER_YES, type::v1::ANSWER_NO}));
    const absl::Time now = Now();
    if (Below(3) == 0) {
      *job.mutable_validity()->mutable_start_time() =
          ToTimestamp(now + absl::Hours(Below(60) - 30));
    }
    *job.mutable_validity()->mutable_end_time() =
        ToTimestamp(now + absl::Hours(40 + Below(200)));
  }

  void Create() {
    Job job;
    Fill(job);
    job.set_source(OneOf<std::string>({"", "a", "a", "b", "c"}));
    if (!job.source().empty()) {
      job.set_external_id(absl::StrCat(Below(12)));
    }
    // A taken external id is refused, which is as good.
    const auto created = book_.Create(
        job, "", OneOf<std::string>({"networks/sun", "networks/moon"}));
    if (created.ok() && Below(4) == 0) {
      // Older and younger ones of one moment, and a clock that stands.
      book_.clock().Advance(absl::Milliseconds(1));
    }
  }

  void Change() {
    Job job = *book_.Get(Any(), true);
    Fill(job);
    ASSERT_THAT(book_.Update(job, {"*"}), IsOk());
  }

  void Rule() {
    Job job = *book_.Get(Any());
    job.clear_etag();
    job.clear_duplicate_ruling();
    const std::string other = Any();
    const int ruling = Below(3);
    if (ruling == 0) job.mutable_duplicate_ruling()->set_distinct(true);
    if (ruling == 1 && other != job.name()) {
      job.mutable_duplicate_ruling()->set_same_as(other);
    }
    ASSERT_THAT(book_.Update(job, {"duplicate_ruling"}), IsOk());
  }

  std::mt19937 random_;
  TestBook book_;
};

TEST(OfferLinksPropertyTest, AreThoseOfComparingEachWithEach) {
  size_t links = 0;
  for (uint32_t seed = 0; seed < 25; ++seed) {
    RandomRegion region(seed);
    for (int step = 0; step < 60; ++step) {
      region.Step();
      const auto expected = region.Expected();
      ASSERT_EQ(region.Links(), expected)
          << "seed " << seed << " step " << step;
      links += expected.size();
    }
    region.Reopen();
    ASSERT_EQ(region.Links(), region.Expected());
  }
  EXPECT_GT(links, 1'000) << "the worlds hold too few duplicates";
}

}  // namespace
}  // namespace heimweg::offers
