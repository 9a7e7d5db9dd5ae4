// Candidates: offers for one part of a package, with what of their score does
// not depend on the home.
#ifndef HEIMWEG_SERVICES_MATCHING_CANDIDATES_H_
#define HEIMWEG_SERVICES_MATCHING_CANDIDATES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/matching/base_bounds.h"
#include "services/matching/cell_grid.h"
#include "services/matching/contact_query.h"
#include "services/matching/job_query.h"
#include "services/matching/package_wish.h"

namespace heimweg::matching {

struct Candidate {
  // Weighted sum of the features but for DISTANCE and, where they depend on the
  // home, DATES; and the same with DATES at its greatest.
  int32_t fixed = 0;
  int32_t base = 0;
  places::GeoPoint point;      // may be unknown
  int32_t start_day = kNoDay;  // jobs
  FeatureValue date;           // jobs: DATES alone
  int32_t remote_percent = 0;  // of a job, if remote work is welcome
  uint32_t segment = 0;
  uint32_t row = 0;
};

// A row that may be a candidate; its base is not greater.
struct UnreadRow {
  int32_t base = 0;
  uint32_t segment = 0;
  uint32_t row = 0;
};

// What is known of the rows of one label before one is looked at.
struct LabelBound {
  int32_t base = 0;            // no candidate has a greater one
  int32_t remote_percent = 0;  // the same
  bool anywhere = false;       // distance does not matter to any of them
  bool none = false;           // there are no candidates among them
};

// The offers for one part. Thread-compatible.
class CandidateSource {
 public:
  virtual ~CandidateSource() = default;

  virtual size_t segments() const = 0;
  virtual const CellGrid& Grid(size_t segment) const = 0;
  // `label` is below labels().
  virtual LabelBound Bound(uint16_t label) const = 0;
  virtual uint16_t labels() const = 0;
  // Adds those rows of a label that may meet every condition.
  virtual void AddUnread(size_t segment, uint16_t label,
                         absl::Span<const uint32_t> rows,
                         std::vector<UnreadRow>& unread) = 0;
  // Nothing if the row fails a condition.
  virtual std::optional<Candidate> Read(size_t segment, uint32_t row) const = 0;
  virtual absl::string_view Name(uint32_t segment, uint32_t row) const = 0;

  // Sum of all weights, and those of what depends on the home. `dates` is 0 if
  // it does not.
  virtual int32_t weights() const = 0;
  virtual int32_t distance_weight() const = 0;
  virtual int32_t date_weight() const = 0;
};

// `query` outlives it.
class JobCandidates : public CandidateSource {
 public:
  JobCandidates(const JobQuery& query, size_t seeker);

  size_t segments() const override { return query_.view().segments.size(); }
  const CellGrid& Grid(size_t segment) const override {
    return query_.view().segments[segment].segment->columns.grid();
  }
  LabelBound Bound(uint16_t label) const override;
  uint16_t labels() const override { return JobLabel::kLabels; }
  void AddUnread(size_t segment, uint16_t label,
                 absl::Span<const uint32_t> rows,
                 std::vector<UnreadRow>& unread) override;
  std::optional<Candidate> Read(size_t segment, uint32_t row) const override;
  absl::string_view Name(uint32_t segment, uint32_t row) const override {
    return query_.view().segments[segment].segment->cards.NameAt(row);
  }
  int32_t weights() const override { return of_; }
  int32_t distance_weight() const override { return distance_weight_; }
  int32_t date_weight() const override { return date_weight_; }

 private:
  const JobQuery& query_;
  const size_t seeker_;
  const std::array<int32_t, JobQuery::kFeatures.size()> weights_;
  int32_t of_ = 0;
  int32_t distance_weight_ = 0;
  int32_t date_weight_ = 0;
  int32_t occupation_weight_ = 0;
  std::array<bool, 101> wished_groups_{};
  BaseBounds bounds_;
};

// Contacts for the household. `query` outlives it.
class ContactCandidates : public CandidateSource {
 public:
  // Of a school the dates depend on the home. Childcare and schools are only
  // those that say so.
  ContactCandidates(const ContactQuery& query, v1::PackagePartKind kind);

  size_t segments() const override { return query_.view().segments.size(); }
  const CellGrid& Grid(size_t segment) const override {
    return query_.view().segments[segment].segment->columns.grid();
  }
  LabelBound Bound(uint16_t label) const override;
  uint16_t labels() const override { return 256; }
  void AddUnread(size_t segment, uint16_t label,
                 absl::Span<const uint32_t> rows,
                 std::vector<UnreadRow>& unread) override;
  std::optional<Candidate> Read(size_t segment, uint32_t row) const override;
  absl::string_view Name(uint32_t segment, uint32_t row) const override {
    return query_.view().segments[segment].segment->cards.NameAt(row);
  }
  int32_t weights() const override { return of_; }
  int32_t distance_weight() const override { return distance_weight_; }
  int32_t date_weight() const override { return date_weight_; }

 private:
  // No less than the base of the row.
  int32_t MostBase(const ContactQuery::Row& at) const;

  const ContactQuery& query_;
  const v1::PackagePartKind kind_;
  const std::array<int32_t, ContactQuery::kFeatures.size()> weights_;
  int32_t of_ = 0;
  int32_t distance_weight_ = 0;
  int32_t date_weight_ = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CANDIDATES_H_
