#include "services/matching/taxonomy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/matching/index.h"
#include "services/matching/rank.h"
#include "services/matching/testing/esco_world.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/wish.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TaxonomyTest : public ::testing::Test {
 protected:
  // The parameters of the reason that tells of skills, if there is one.
  std::vector<std::string> Shared(const jobs::v1::Job& job,
                                  const profiles::v1::Profile& profile) const {
    Index index(IndexOptions{false, 64}, taxonomy_);
    testing::FeedingJobs feeding(index);
    feeding.Put(job);
    feeding.Apply();
    Question question;
    question.kind = type::v1::OFFER_KIND_JOB;
    const auto wish = CompileWish(question, profile, absl::UnixEpoch());
    EXPECT_THAT(wish, IsOk());
    const auto response = Rank(index.snapshot(), *wish, RankOptions());
    EXPECT_THAT(response, IsOk());
    EXPECT_THAT(response->matches(), SizeIs(1));
    std::vector<std::string> parameters;
    for (const v1::Reason& reason : response->matches(0).reasons()) {
      if (reason.key() != v1::REASON_KEY_SKILLS_SHARED) continue;
      for (const auto& one : reason.parameters()) {
        parameters.push_back(one.name() + "=" + one.value());
      }
    }
    return parameters;
  }

  static jobs::v1::Job AJob(const char* esco_uri) {
    jobs::v1::Job job;
    job.set_name("networks/a/jobs/x");
    job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    job.add_occupations()->set_esco_uri(esco_uri);
    return job;
  }
  static profiles::v1::Profile AProfile(const char* esco_uri) {
    profiles::v1::Profile profile;
    profiles::v1::Adult& adult = *profile.add_adults();
    adult.set_id("a");
    adult.set_seeks_job(true);
    adult.add_occupations()->set_esco_uri(esco_uri);
    return profile;
  }

  const std::shared_ptr<const Taxonomy> taxonomy_ =
      testing::EngineTaxonomy(testing::SmallEsco());
};

TEST_F(TaxonomyTest, NamesOfOneSkillAreOneTerm) {
  EXPECT_EQ(taxonomy_->TermOf("FACH 4"), "fach 4");
  EXPECT_EQ(taxonomy_->TermOf("Fach 5"), "fach 4");
  EXPECT_EQ(taxonomy_->TermOf("esco/skill/4"), "fach 4");
  // All bear it, and none.
  EXPECT_EQ(taxonomy_->TermOf("Excel"), "excel");
  EXPECT_EQ(taxonomy_->TermOf("Imkern"), "imkern");
  EXPECT_EQ(taxonomy_->TermOf(""), "");
  EXPECT_EQ(Taxonomy().TermOf("Fach 5"), "fach 5");
}

TEST_F(TaxonomyTest, KnowsWhatAnOccupationNeedsInAnyCase) {
  // Of 0, 1 and 4 the last is optional.
  const auto& needed = taxonomy_->EssentialOf("esco/1");
  ASSERT_THAT(needed, SizeIs(2));
  EXPECT_EQ(needed[0]->name, "Fach 1");
  EXPECT_EQ(needed[1]->name, "Fach 3");
  EXPECT_THAT(taxonomy_->EssentialOf("esco/5"), IsEmpty());
  EXPECT_THAT(taxonomy_->EssentialOf(""), IsEmpty());
  EXPECT_THAT(Taxonomy().EssentialOf("esco/1"), IsEmpty());
}

TEST_F(TaxonomyTest, AJobThatNamesNoSkillsAsksForThoseOfItsOccupation) {
  EXPECT_THAT(Shared(AJob("esco/1"), AProfile("esco/1")),
              ElementsAre("shared=2", "asked=2", "skills=Fach 1, Fach 3"));
  profiles::v1::Profile other = AProfile("esco/5");
  EXPECT_THAT(Shared(AJob("esco/1"), other), IsEmpty());
  // By another of its names, and shown as the adult writes it.
  other.mutable_adults(0)->add_skills("fach 2");
  EXPECT_THAT(Shared(AJob("esco/1"), other),
              ElementsAre("shared=1", "asked=2", "skills=fach 2"));
}

TEST_F(TaxonomyTest, WhatAnEmployerNamesStandsAlone) {
  jobs::v1::Job job = AJob("esco/1");
  job.add_required_skills("esco/skill/3");
  EXPECT_THAT(Shared(job, AProfile("esco/1")),
              ElementsAre("shared=1", "asked=1", "skills=Fach 3"));
  job.set_required_skills(0, "Imkern");
  EXPECT_THAT(Shared(job, AProfile("esco/1")), IsEmpty());
}

}  // namespace
}  // namespace heimweg::matching
