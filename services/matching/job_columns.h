// The columns of jobs.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_COLUMNS_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_COLUMNS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "heimweg/jobs/v1/job_service.pb.h"
#include "heimweg/type/v1/language.pb.h"
#include "services/matching/cards.h"
#include "services/matching/cell_grid.h"
#include "services/matching/common_columns.h"
#include "services/matching/job_planes.h"
#include "services/matching/prefetch.h"
#include "services/matching/skill_index.h"
#include "services/matching/skill_rarities.h"
#include "services/matching/terms.h"

namespace heimweg::matching {

// A language of two letters with its level in 16 bits.
struct LanguageCode {
  uint32_t letters = 0;  // 26 x first + second; kNone: not ISO 639-1
  uint32_t level = 0;    // CefrLevel

  static constexpr uint32_t kNone = 26 * 26;
  static LanguageCode Of(absl::string_view code, type::v1::CefrLevel level);
  uint32_t Packed() const { return letters * 8 + level; }
  static LanguageCode Unpacked(uint32_t packed) {
    return {packed / 8, packed % 8};
  }
};

// A skill that a job asks for: the number of the term and whether it is
// required.
struct AskedSkill {
  uint32_t term = 0;
  bool required = false;

  uint32_t Packed() const { return term * 2 + (required ? 1 : 0); }
  static AskedSkill Unpacked(uint32_t packed) {
    return {TermOf(packed), IsRequired(packed)};
  }
  // The parts of what is packed.
  static uint32_t TermOf(uint32_t packed) { return packed / 2; }
  static bool IsRequired(uint32_t packed) { return packed % 2 != 0; }
};

// What features and constraints ask of a job, together in memory: few jobs are
// scored, and those lie anywhere.
struct JobRecord {
  struct Counts {
    uint8_t occupations = 0;
    uint8_t esco_uris = 0;
    uint8_t skills = 0;
    uint8_t languages = 0;
  };

  uint32_t lists = 0;  // where they begin
  Counts counts;       // of what is in them
  int32_t start_day = kNoDay;
  int32_t hourly_cents = -1;    // the highest; -1: not said
  uint32_t employer = 0;        // its number; 0: not said
  uint16_t fewest_minutes = 0;  // a week; 0: not said
  uint16_t most_minutes = 0;
  uint16_t licences = 0;            // required; licences.h
  int16_t remote_percent : 8 = -1;  // -1: not said
  uint8_t employment_type : 4 = 0;  // Kind
  uint8_t temp_agency : 4 = 0;      // Kind of an Answer

  // A value of an enum: the last and all above are one.
  static constexpr uint8_t Kind(int value) {
    return static_cast<uint8_t>(std::clamp(value, 0, 15));
  }
};

static_assert(sizeof(JobRecord) == 28);

struct JobSummary;

// What of a job bounds its score in packages.
struct JobLabel {
  // 1 to 99: every occupation is a code of this main group (the first two
  // digits), and none a URI.
  static constexpr uint16_t kNoOccupation = 0;
  static constexpr uint16_t kOther = 100;
  enum Remote : uint16_t { kNone, kSome, kFull };

  static constexpr uint16_t kLabels = (kOther + 1) * 3;

  uint16_t occupation = kNoOccupation;
  Remote remote = kNone;  // kNone also if it is not said

  uint16_t Packed() const {
    return static_cast<uint16_t>(occupation * 3 + remote);
  }
  static JobLabel Unpacked(uint16_t packed) {
    return {static_cast<uint16_t>(packed / 3), static_cast<Remote>(packed % 3)};
  }
};

// Thread-compatible.
class JobColumns {
 public:
  using Offer = jobs::v1::Job;
  using Change = jobs::v1::JobChange;
  using WatchResponse = jobs::v1::WatchJobsResponse;
  using Summary = JobSummary;

  // Null if the change is a deletion.
  static const Offer* OfferOf(const Change& change) {
    return change.has_job() ? &change.job() : nullptr;
  }
  static Card CardOf(const Offer& job);
  // The terms whose frequency makes a skill rare or common.
  static const TermTable& CountedTerms(const Dictionaries& terms) {
    return terms.skills;
  }

  void Append(const Offer& job, Dictionaries& terms);
  // A row of another segment that uses the same dictionaries.
  void AppendFrom(const JobColumns& other, uint32_t row);
  void Reserve(size_t rows, size_t listed);
  // Rows in this order lie near those that are like them.
  uint64_t PlaceInOrder(uint32_t row) const;
  void Seal();
  size_t rows() const { return common.rows(); }
  size_t listed() const { return lists_.size(); }
  int64_t Bytes() const;

  // Calls visit(term) for each counted term of a row, each once.
  template <typename Visit>
  void VisitCounted(uint32_t row, Visit visit) const {
    for (const uint32_t packed : Skills(row)) {
      visit(AskedSkill::Unpacked(packed).term);
    }
  }

  const JobRecord& record(uint32_t row) const { return records_[row]; }

  // Lists of a row: OccupationCode::Packed (as in the job), numbers of ESCO
  // URIs, AskedSkill::Packed (by term, each once), LanguageCode::Packed.
  absl::Span<const uint32_t> Occupations(uint32_t row) const {
    const JobRecord& job = record(row);
    return {lists_.data() + job.lists, job.counts.occupations};
  }
  absl::Span<const uint32_t> EscoUris(uint32_t row) const {
    return {Occupations(row).end(), record(row).counts.esco_uris};
  }
  absl::Span<const uint32_t> Skills(uint32_t row) const {
    return {EscoUris(row).end(), record(row).counts.skills};
  }
  absl::Span<const uint32_t> Languages(uint32_t row) const {
    return {Skills(row).end(), record(row).counts.languages};
  }

  // For rows that are scored soon: what features need but lists; then these.
  void PrefetchRecord(uint32_t row) const {
    Prefetch(&records_[row]);
    Prefetch(reinterpret_cast<const char*>(&records_[row] + 1) - 1);
    Prefetch(&common.fresh[row]);
  }
  void PrefetchLists(uint32_t row) const {
    Prefetch(lists_.data() + record(row).lists);
    Prefetch(Skills(row).end());
  }

  // After Seal.
  const SkillRarities& skill_rarities() const { return skill_rarities_; }

  // After Seal.
  const JobPlanes& planes() const { return planes_; }
  // HalfBytes::FreshStep of the newest row, and its day.
  int32_t newest() const { return newest_; }
  static int32_t DayOfNewest(int32_t newest);

  const SkillIndex& skill_index() const { return skill_index_; }

  // By where they are; labels are JobLabel::Packed.
  const CellGrid& grid() const { return grid_; }

  CommonColumns common;

 private:
  JobRecord::Counts AppendLists(const Offer& job, Dictionaries& terms);
  JobLabel LabelOf(uint32_t row) const;
  JobHalves HalvesOf(uint32_t row) const;
  // Of weights and rarities of the skills of a row.
  int32_t AskedSum(uint32_t row) const;

  std::vector<JobRecord> records_;
  std::vector<uint32_t> lists_;
  SkillRarities skill_rarities_;
  JobPlanes planes_;
  SkillIndex skill_index_;
  int32_t newest_ = 0;
  CellGrid grid_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_COLUMNS_H_
