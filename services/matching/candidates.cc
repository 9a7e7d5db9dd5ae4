#include "services/matching/candidates.h"

#include <algorithm>

#include "services/matching/scan.h"

namespace heimweg::matching {
namespace {

template <typename Query>
size_t IndexOf(v1::Feature feature) {
  return static_cast<size_t>(
      std::find(Query::kFeatures.begin(), Query::kFeatures.end(), feature) -
      Query::kFeatures.begin());
}

template <size_t kCount>
int32_t Sum(const std::array<int32_t, kCount>& weights) {
  int32_t sum = 0;
  for (const int32_t weight : weights) sum += weight;
  return sum;
}

// The sum of a row's weighted features but for two; kCount: none.
template <size_t kCount>
int32_t SumWithout(const std::array<int32_t, kCount>& weights,
                   const std::array<FeatureValue, kCount>& values,
                   size_t distance, size_t dates) {
  int32_t sum = 0;
  for (size_t i = 0; i < kCount; ++i) {
    if (i != distance && i != dates) sum += weights[i] * values[i].OrNeutral();
  }
  return sum;
}

template <typename Query>
bool Passes(const Query& query, const typename Query::Row& at, size_t seeker) {
  return query.VisitHousehold(at, kStopAtFailure) &&
         query.VisitSeeker(at, seeker, kStopAtFailure);
}

constexpr size_t kJobDistance = 4;
constexpr size_t kJobDates = 5;
static_assert(JobQuery::kFeatures[kJobDistance] == v1::FEATURE_DISTANCE);
static_assert(JobQuery::kFeatures[kJobDates] == v1::FEATURE_DATES);
constexpr size_t kContactDistance = 0;
constexpr size_t kContactDates = 1;
static_assert(ContactQuery::kFeatures[kContactDistance] ==
              v1::FEATURE_DISTANCE);
static_assert(ContactQuery::kFeatures[kContactDates] == v1::FEATURE_DATES);

}  // namespace

JobCandidates::JobCandidates(const JobQuery& query, size_t seeker)
    : query_(query),
      seeker_(seeker),
      weights_(WeightsOf(query.wish(), JobQuery::kFeatures)),
      of_(Sum(weights_)),
      distance_weight_(weights_[kJobDistance]),
      date_weight_(weights_[kJobDates]),
      occupation_weight_(weights_[IndexOf<JobQuery>(v1::FEATURE_OCCUPATION)]) {
  for (const OccupationCode code : query.wish().seekers[seeker].codes) {
    wished_groups_[code.digits / 1'000] = true;
  }
}

LabelBound JobCandidates::Bound(uint16_t packed) const {
  const JobLabel label = JobLabel::Unpacked(packed);
  const JobSeeker& asked = query_.wish().seekers[seeker_];
  LabelBound bound;
  int32_t occupation = kOne;
  if (label.occupation == JobLabel::kNoOccupation ||
      (label.occupation != JobLabel::kOther && asked.codes.empty())) {
    occupation = kNeutral;
  } else if (label.occupation != JobLabel::kOther) {
    occupation = wished_groups_[label.occupation] ? kOne : 0;
  }
  bound.base = (of_ - distance_weight_) * kOne -
               occupation_weight_ * (kOne - occupation);
  if (asked.remote_welcome) {
    bound.anywhere = label.remote == JobLabel::kFull;
    bound.remote_percent = label.remote == JobLabel::kSome ? 99 : 0;
  }
  return bound;
}

void JobCandidates::Collect(size_t segment, absl::Span<const uint32_t> rows,
                            std::vector<Candidate>& candidates) const {
  const SegmentView<JobColumns>& view = query_.view().segments[segment];
  const JobColumns& jobs = view.segment->columns;
  const bool remote_welcome = query_.wish().seekers[seeker_].remote_welcome;
  for (const uint32_t row : rows) {
    if (!view.IsLive(row)) continue;
    const JobQuery::Row at = RowOf(query_.view(), segment, row);
    if (!Passes(query_, at, seeker_)) continue;
    const JobQuery::Values values = query_.Features(at, seeker_);
    Candidate candidate;
    candidate.fixed = SumWithout(weights_, values, kJobDistance, kJobDates);
    candidate.date = values[kJobDates];
    candidate.base =
        candidate.fixed + date_weight_ * candidate.date.OrNeutral();
    candidate.point = jobs.common.point[row];
    candidate.start_day = jobs.start_day[row];
    if (remote_welcome) {
      candidate.remote_percent = std::max<int32_t>(jobs.remote_percent[row], 0);
    }
    candidate.segment = static_cast<uint32_t>(segment);
    candidate.row = row;
    candidates.push_back(candidate);
  }
}

ContactCandidates::ContactCandidates(const ContactQuery& query,
                                     v1::PackagePartKind kind)
    : query_(query),
      kind_(kind),
      weights_(WeightsOf(query.wish(), ContactQuery::kFeatures)),
      of_(Sum(weights_)),
      distance_weight_(weights_[kContactDistance]),
      date_weight_(
          kind == v1::PACKAGE_PART_KIND_SCHOOL ? weights_[kContactDates] : 0) {}

LabelBound ContactCandidates::Bound(uint16_t label) const {
  LabelBound bound;
  bound.base = (of_ - distance_weight_ - date_weight_) * kOne;
  constexpr uint16_t kTypes = 32;
  const bool said = label != contacts::v1::CONTACT_TYPE_UNSPECIFIED;
  bound.none =
      said ? label >= kTypes || (query_.wish().contact.types >> label & 1U) == 0
           : kind_ != v1::PACKAGE_PART_KIND_PEOPLE;
  return bound;
}

void ContactCandidates::Collect(size_t segment, absl::Span<const uint32_t> rows,
                                std::vector<Candidate>& candidates) const {
  const SegmentView<ContactColumns>& view = query_.view().segments[segment];
  const ContactColumns& contacts = view.segment->columns;
  const size_t dates = date_weight_ > 0 ? kContactDates : weights_.size();
  for (const uint32_t row : rows) {
    if (!view.IsLive(row)) continue;
    const ContactQuery::Row at = RowOf(query_.view(), segment, row);
    if (!Passes(query_, at, 0)) continue;
    Candidate candidate;
    candidate.fixed =
        SumWithout(weights_, query_.Features(at, 0), kContactDistance, dates);
    candidate.base = candidate.fixed;
    candidate.point = contacts.common.point[row];
    candidate.segment = static_cast<uint32_t>(segment);
    candidate.row = row;
    candidates.push_back(candidate);
  }
}

}  // namespace heimweg::matching
