#include "services/matching/candidates.h"

#include <algorithm>

#include "services/matching/features/people.h"
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
constexpr size_t kContactPeople = 2;
constexpr size_t kContactFreshness = 3;
static_assert(ContactQuery::kFeatures[kContactPeople] == v1::FEATURE_PEOPLE);
static_assert(ContactQuery::kFeatures[kContactFreshness] ==
              v1::FEATURE_FRESHNESS);

// Of a contact, the feature that is left out besides DISTANCE; none: their
// number.
size_t DatesToLeaveOut(int32_t date_weight) {
  return date_weight > 0 ? kContactDates : ContactQuery::kFeatures.size();
}

}  // namespace

JobCandidates::JobCandidates(const JobQuery& query, size_t seeker)
    : query_(query),
      seeker_(seeker),
      weights_(WeightsOf(query.wish(), JobQuery::kFeatures)),
      of_(Sum(weights_)),
      distance_weight_(weights_[kJobDistance]),
      date_weight_(weights_[kJobDates]),
      occupation_weight_(weights_[IndexOf<JobQuery>(v1::FEATURE_OCCUPATION)]),
      bounds_(query, seeker) {
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

void JobCandidates::AddUnread(size_t segment, uint16_t label,
                              absl::Span<const uint32_t> rows,
                              std::vector<UnreadRow>& unread) {
  const SegmentView<JobColumns>& view = query_.view().segments[segment];
  const int32_t of_label = Bound(label).base;
  const int32_t most = (of_ - distance_weight_) * kOne;
  for (const uint32_t row : rows) {
    if (!view.IsLive(row)) continue;
    const int32_t loss = bounds_.LeastLoss(segment, row);
    if (loss > most) continue;
    unread.push_back(
        {std::min(of_label, most - loss), static_cast<uint32_t>(segment), row});
  }
}

std::optional<Candidate> JobCandidates::Read(size_t segment,
                                             uint32_t row) const {
  const JobQuery::Row at = RowOf(query_.view(), segment, row);
  if (!Passes(query_, at, seeker_)) return std::nullopt;
  const JobColumns& jobs = at.columns;
  const JobQuery::Values values = query_.Features(at, seeker_);
  Candidate candidate;
  candidate.fixed = SumWithout(weights_, values, kJobDistance, kJobDates);
  candidate.date = values[kJobDates];
  candidate.base = candidate.fixed + date_weight_ * candidate.date.OrNeutral();
  candidate.point = jobs.common.point[row];
  candidate.start_day = jobs.record(row).start_day;
  if (query_.wish().seekers[seeker_].remote_welcome) {
    candidate.remote_percent =
        std::max<int32_t>(jobs.record(row).remote_percent, 0);
  }
  candidate.segment = static_cast<uint32_t>(segment);
  candidate.row = row;
  return candidate;
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

int32_t ContactCandidates::MostBase(const ContactQuery::Row& at) const {
  const auto shared = [](absl::Span<const uint32_t> offered,
                         const std::vector<ContactQuery::NamedTerm>& named) {
    return static_cast<int64_t>(std::min(offered.size(), named.size()));
  };
  const absl::Span<const uint32_t> topics = at.columns.Topics(at.row);
  const absl::Span<const uint32_t> hooks = at.columns.Hooks(at.row);
  const ContactWish& asked = query_.wish().contact;
  const bool both_name_terms =
      (!asked.interests.empty() || !asked.hooks.empty()) &&
      (!topics.empty() || !hooks.empty());
  ContactQuery::Values values;
  // Without looking at which they are.
  values[kContactPeople] =
      PeopleFeature(both_name_terms, shared(topics, query_.interests()),
                    shared(hooks, query_.hooks()));
  values[kContactDates] = query_.Feature(kContactDates, at, 0);
  values[kContactFreshness] = query_.Feature(kContactFreshness, at, 0);
  return SumWithout(weights_, values, kContactDistance,
                    DatesToLeaveOut(date_weight_));
}

void ContactCandidates::AddUnread(size_t segment, uint16_t /*label*/,
                                  absl::Span<const uint32_t> rows,
                                  std::vector<UnreadRow>& unread) {
  const SegmentView<ContactColumns>& view = query_.view().segments[segment];
  for (const uint32_t row : rows) {
    if (!view.IsLive(row)) continue;
    unread.push_back({MostBase(RowOf(query_.view(), segment, row)),
                      static_cast<uint32_t>(segment), row});
  }
}

std::optional<Candidate> ContactCandidates::Read(size_t segment,
                                                 uint32_t row) const {
  const ContactQuery::Row at = RowOf(query_.view(), segment, row);
  if (!Passes(query_, at, 0)) return std::nullopt;
  Candidate candidate;
  candidate.fixed = SumWithout(weights_, query_.Features(at, 0),
                               kContactDistance, DatesToLeaveOut(date_weight_));
  candidate.base = candidate.fixed;
  candidate.point = at.columns.common.point[row];
  candidate.segment = static_cast<uint32_t>(segment);
  candidate.row = row;
  return candidate;
}

}  // namespace heimweg::matching
