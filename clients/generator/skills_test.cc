#include "clients/generator/skills.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "clients/generator/generator.h"

namespace heimweg::generator {
namespace {

using ::testing::AllOf;
using ::testing::Gt;
using ::testing::Lt;

TEST(SkillsTest, AreEightAJobAFewCommonMostRare) {
  EXPECT_EQ(Skills::TermCount(), 13'000u);
  const Generator generator(nullptr, 7);
  std::map<std::string, int> jobs_with;
  int64_t skills = 0;
  constexpr int kJobs = 20'000;
  for (int64_t i = 0; i < kJobs; ++i) {
    const jobs::v1::Job job = generator.MakeJob(i);
    std::set<std::string> own(job.required_skills().begin(),
                              job.required_skills().end());
    own.insert(job.optional_skills().begin(), job.optional_skills().end());
    EXPECT_EQ(static_cast<int>(own.size()),
              job.required_skills_size() + job.optional_skills_size());
    skills += static_cast<int64_t>(own.size());
    for (const std::string& skill : own) ++jobs_with[skill];
  }
  EXPECT_THAT(skills, AllOf(Gt(kJobs * 7.5), Lt(kJobs * 8.5)));
  EXPECT_THAT(jobs_with.size(), Gt(9'000u));
  EXPECT_THAT(jobs_with["Teamfähigkeit"], AllOf(Gt(5'000), Lt(6'600)));
  EXPECT_THAT(jobs_with["Belastbarkeit"], AllOf(Gt(1'700), Lt(2'300)));
  int commonest = 0;
  for (const auto& [skill, count] : jobs_with) {
    if (count < kJobs / 12) commonest = std::max(commonest, count);
  }
  EXPECT_THAT(commonest, AllOf(Gt(kJobs / 100), Lt(kJobs / 20)));
}

}  // namespace
}  // namespace heimweg::generator
