#include "services/matching/contact_losses.h"

#include <algorithm>

#include "services/matching/features/dates.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/people.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

// By ContactQuery::kFeatures.
constexpr size_t kEventDates = 1;
constexpr size_t kPeople = 2;
constexpr size_t kVerified = 3;
static_assert(ContactQuery::kFeatures[kEventDates] == v1::FEATURE_DATES);
static_assert(ContactQuery::kFeatures[kPeople] == v1::FEATURE_PEOPLE);
static_assert(ContactQuery::kFeatures[kVerified] == v1::FEATURE_FRESHNESS);

}  // namespace

ContactLosses::ContactLosses(const ContactQuery& query)
    : ContactLosses(query, WeightsOf(query.wish(), ContactQuery::kFeatures)) {}

ContactLosses::ContactLosses(const ContactQuery& query, const Weights& weights)
    : date_(query.wish().evaluation_seconds, kEventDecaySeconds,
            weights[kEventDates]),
      fresh_(query.wish().evaluation_seconds, kFreshnessDecaySeconds,
             weights[kVerified]) {
  const ContactWish& asked = query.wish().contact;
  FillTopics(query);
  FillHooks(query);
  FillPeople(!asked.interests.empty() || !asked.hooks.empty(),
             weights[kPeople]);
  ByByte& types = At(ContactCode::kType);
  for (size_t byte = 0; byte < types.size(); ++byte) {
    const auto type = static_cast<uint8_t>(byte % ContactCode::kNoTerms);
    if (ContactTypeConstraint(asked.types, type) == Outcome::kFailed) {
      types[byte] = kFails;
    }
  }
}

void ContactLosses::FillTopics(const ContactQuery& query) {
  constexpr uint32_t kBits = 8;
  constexpr uint32_t kHalfBits = 4;
  std::array<uint8_t, ContactCode::kTopicBits> points{};
  for (const auto own : query.interests()) {
    uint8_t& sum = points[ContactCode::TopicBit(own.term)];
    sum = std::min<uint8_t>(sum + 1, PointLosses::kMost);
  }
  for (uint32_t first = 0; first < points.size(); first += kBits) {
    const uint8_t* const of_plane = points.data() + first;
    if (std::count(of_plane, of_plane + kBits, 0) == kBits) continue;
    const size_t plane = ContactCode::kTopics + first / kBits;
    HalfTables& tables = topics_.emplace_back(Topics{plane, {}}).points;
    for (uint32_t i = 0; i < tables.low.size(); ++i) {
      for (uint32_t bit = 0; bit < kHalfBits; ++bit) {
        if ((i >> bit & 1U) == 0) continue;
        tables.low[i] = static_cast<uint8_t>(tables.low[i] + of_plane[bit]);
        tables.high[i] =
            static_cast<uint8_t>(tables.high[i] + of_plane[kHalfBits + bit]);
      }
    }
  }
}

void ContactLosses::FillHooks(const ContactQuery& query) {
  for (const auto own : query.hooks()) {
    const uint8_t byte = ContactCode::HookByte(own.term);
    const int64_t sum = hooks_.losses()[byte] + kHookPoints;
    hooks_.Set(
        byte, static_cast<uint8_t>(std::min<int64_t>(sum, PointLosses::kMost)));
    hooks_.Set(ContactCode::kMoreHooks, PointLosses::kMost);
  }
}

void ContactLosses::FillPeople(bool names_terms, int32_t weight) {
  unsaid_people_ = weight * (kOne - kNeutral);
  for (size_t points = 0; points < people_.size(); ++points) {
    const FeatureValue value =
        PeopleFeature(names_terms, static_cast<int64_t>(points), 0);
    people_[points] = weight * (kOne - value.OrNeutral());
  }
}

void ContactLosses::FillEvents(int64_t newest) {
  ByByte& losses = At(ContactCode::kEvent);
  losses[0] = date_.Unsaid();
  for (int64_t start = 0; start < ContactCode::kStarts; ++start) {
    const int64_t first = newest + (start - 1) * ContactCode::kSteps;
    const bool some = start > 0;  // The first may have started whenever.
    const bool no_end = start == ContactCode::kStarts - 1;
    const int32_t loss = some ? date_.Until(first) : 0;
    // Of the last that starts.
    const bool over =
        !no_end && date_.IsOver(first + 2 * ContactCode::kSteps - 1);
    losses[static_cast<size_t>(1 + start)] = over ? kFails : loss;
    // One that recurs may be over, which is as if it was not said.
    losses[static_cast<size_t>(ContactCode::kFirstRecurring + start)] =
        std::min(loss, date_.Unsaid());
  }
}

void ContactLosses::EnterNewest(int64_t newest) {
  if (newest_ == newest) return;
  newest_ = newest;
  FillEvents(newest);
  AgeByte::Fill(fresh_, newest, At(ContactCode::kAge));
  Scale(ContactCode::kEvent);
  Scale(ContactCode::kAge);
}

void ContactLosses::Fit(int64_t budget) {
  if (!unit_.Fit(budget)) return;
  for (size_t i = 0; i < losses_.size(); ++i) Scale(i);
  scaled_people_.unsaid = unit_.Of(unsaid_people_);
  for (size_t i = 0; i < scaled_people_.by_points.size(); ++i) {
    scaled_people_.by_points[i] = unit_.Of(people_[i % people_.size()]);
  }
}

uint64_t ContactLosses::Filter(const Block& block, int64_t budget) const {
  if (budget < 0) return 0;
  LossSums sums{};
  for (size_t i = 0; i < scaled_.size(); ++i) {
    if (scaled_[i].any()) AddLosses(block[i], scaled_[i], sums);
  }
  LossSums points{};
  for (const Topics& topics : topics_) {
    AddHalves(block[topics.plane], topics.points, points);
  }
  for (size_t i = 0; hooks_.any() && i < ContactCode::kHookBytes; ++i) {
    AddLosses(block[ContactCode::kHooks + i], hooks_, points);
  }
  AddByPoints(points, block[ContactCode::kType], scaled_people_, sums);
  return RowsAtMost(sums, unit_.Of(budget));
}

int64_t ContactLosses::Of(const Block& block, uint32_t place) const {
  int64_t loss = 0;
  for (size_t i = 0; i < losses_.size(); ++i) {
    loss += losses_[i][block[i][place]];
  }
  if ((block[ContactCode::kType][place] & ContactCode::kNoTerms) != 0) {
    return loss + unsaid_people_;
  }
  size_t points = 0;
  for (const Topics& topics : topics_) {
    const uint8_t byte = block[topics.plane][place];
    points += topics.points.low[byte & 0x0f];
    points += topics.points.high[byte >> 4];
  }
  for (size_t i = 0; i < ContactCode::kHookBytes; ++i) {
    points += hooks_.losses()[block[ContactCode::kHooks + i][place]];
  }
  return loss + people_[std::min(points, people_.size() - 1)];
}

}  // namespace heimweg::matching
