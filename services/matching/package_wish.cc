#include "services/matching/package_wish.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/matching/package_rules.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

using profiles::v1::Profile;

constexpr uint32_t kAllTypes = ~uint32_t{0};
constexpr uint32_t kChildcare = 1U << contacts::v1::CONTACT_TYPE_CHILDCARE;
constexpr uint32_t kSchool = 1U << contacts::v1::CONTACT_TYPE_SCHOOL;

v1::PackageWeights WithStandardPackageWeights(const v1::PackageWeights& given) {
  v1::PackageWeights weights;
  weights.set_home(5);
  weights.set_job(5);
  weights.set_care(3);
  weights.set_people(2);
  weights.MergeFrom(given);
  return weights;
}

void CheckWeights(const v1::PackageWeights& weights,
                  server::FieldChecks checks) {
  checks.Range("home", weights.home(), 1, kMostWeight);
  checks.Range("job", weights.job(), 1, kMostWeight);
  checks.Range("care", weights.care(), 0, kMostWeight);
  checks.Range("people", weights.people(), 0, kMostWeight);
}

Anchor ReachWithin(int32_t radius_m) {
  Anchor reach;
  reach.limit = Anchor::Limit::kRadius;
  reach.radius_m = radius_m;
  reach.chord_within = ChordWithinRadius(radius_m);
  return reach;
}

Anchor ReachOf(const profiles::v1::Adult& adult) {
  Anchor reach;
  if (adult.has_max_commute_km()) {
    reach = ReachWithin(Scaled(adult.max_commute_km(), 1'000, 1'000'000));
    reach.mode = CommuteModeOf(adult.commute_mode());
    return reach;
  }
  reach.mode = CommuteModeOf(adult.commute_mode());
  reach.limit = Anchor::Limit::kMinutes;
  reach.minutes = adult.has_max_commute_minutes() ? adult.max_commute_minutes()
                                                  : kStandardCommuteMinutes;
  reach.chord_within = ChordWithinMinutes(reach.minutes, reach.mode);
  return reach;
}

// Collects the parts but for the home.
class Parts {
 public:
  Parts(const Wish& contacts, PackageWish& wish)
      : contacts_(contacts), wish_(wish) {}

  void AddJob(const profiles::v1::Adult& adult, size_t seeker) {
    WishedPart& part =
        Add(v1::PACKAGE_PART_KIND_JOB, ReachOf(adult), wish_.weights.job());
    part.adult = adult.id();
    part.index = seeker;
  }

  void AddCare(const profiles::v1::Child& child, bool childcare) {
    Wish& asked = AddContact(childcare ? v1::PACKAGE_PART_KIND_CHILDCARE
                                       : v1::PACKAGE_PART_KIND_SCHOOL,
                             kCareRadiusMeters, wish_.weights.care());
    wish_.parts.back().child = child.id();
    asked.contact.types = childcare ? kChildcare : kSchool;
    auto& years = childcare ? asked.contact.childcare_birth_years
                            : asked.contact.school_birth_years;
    years = {child.birth_year()};
  }

  void AddPeople() {
    const uint32_t wanted =
        contacts_.contact.types == 0 ? kAllTypes : contacts_.contact.types;
    const uint32_t types = wanted & ~(kChildcare | kSchool);
    if (types == 0) return;
    AddContact(v1::PACKAGE_PART_KIND_PEOPLE, kPeopleRadiusMeters,
               wish_.weights.people())
        .contact.types = types;
  }

 private:
  WishedPart& Add(v1::PackagePartKind kind, Anchor reach, int32_t weight) {
    WishedPart& part = wish_.parts.emplace_back();
    part.kind = kind;
    part.reach = std::move(reach);
    part.weight = weight;
    return part;
  }

  Wish& AddContact(v1::PackagePartKind kind, int32_t radius_m, int32_t weight) {
    Add(kind, ReachWithin(radius_m), weight).index = wish_.contacts.size();
    Wish& asked = wish_.contacts.emplace_back(contacts_);
    asked.contact.childcare_birth_years.clear();
    asked.contact.school_birth_years.clear();
    return asked;
  }

  const Wish& contacts_;
  PackageWish& wish_;
};

void AddParts(const Profile& profile, const Wish& contacts, PackageWish& wish) {
  Parts parts(contacts, wish);
  size_t seekers = 0;
  for (const profiles::v1::Adult& adult : profile.adults()) {
    if (adult.seeks_job()) parts.AddJob(adult, seekers++);
  }
  if (wish.weights.care() > 0) {
    for (const profiles::v1::Child& child : profile.children()) {
      if (child.needs_childcare()) parts.AddCare(child, true);
      if (child.needs_school()) parts.AddCare(child, false);
    }
  }
  if (wish.weights.people() > 0) parts.AddPeople();
}

absl::Status Compile(const PackageQuestion& asked, const Profile& profile,
                     absl::Time now, server::FieldChecks checks,
                     PackageWish& wish) {
  wish.weights = WithStandardPackageWeights(asked.weights);
  CheckWeights(wish.weights, checks.In("part_weights"));
  Question question = asked.question;
  // No rule depends on which of the kinds is asked for, without an adult.
  question.kind = type::v1::OFFER_KIND_HOME;
  absl::Status checked = CheckWish(question, profile, std::move(checks));
  if (!checked.ok()) return checked;
  absl::StatusOr<Wish> home = CompileChecked(question, profile, now);
  if (!home.ok()) return home.status();
  wish.home = *std::move(home);
  // What is measured from the home has no other place to be near to.
  question.ags_prefixes.clear();
  question.kind = type::v1::OFFER_KIND_CONTACT;
  absl::StatusOr<Wish> contacts = CompileChecked(question, profile, now);
  if (!contacts.ok()) return contacts.status();
  contacts->anchors.clear();
  question.kind = type::v1::OFFER_KIND_JOB;
  absl::StatusOr<Wish> jobs = CompileChecked(question, profile, now);
  if (jobs.ok()) {
    wish.jobs = *std::move(jobs);
    wish.jobs.anchors.clear();
  } else if (!absl::IsFailedPrecondition(jobs.status())) {
    return jobs.status();
  }
  AddParts(profile, *contacts, wish);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PackageWish> CompilePackageWish(const PackageQuestion& asked,
                                               const Profile& profile,
                                               absl::Time now,
                                               server::FieldChecks checks) {
  PackageWish wish;
  const absl::Status status =
      Compile(asked, profile, now, std::move(checks), wish);
  if (!status.ok()) return status;
  if (wish.jobs.seekers.size() > kMostSeekers) {
    return absl::FailedPreconditionError(
        absl::StrCat("packages are made for up to ", kMostSeekers,
                     " adults who seek a job"));
  }
  return wish;
}

}  // namespace heimweg::matching
