#include "services/matching/job_columns.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/matching/features/skills.h"
#include "services/matching/licences.h"
#include "services/matching/occupation_code.h"
#include "services/matching/pay.h"
#include "services/matching/sphere.h"

namespace heimweg::matching {
namespace {

// Lists are counted in a byte; the contract's limits lie far below.
constexpr size_t kMostListed = 255;

// The skills that a job asks for, each once, required if it is in any list; if
// it names none, those that its occupations need by ESCO, as optional ones.
std::vector<uint32_t> AskedSkills(const jobs::v1::Job& job,
                                  Dictionaries& terms) {
  std::vector<uint32_t> packed;
  const auto add = [&](const std::string& folded, bool required) {
    const uint32_t term = terms.skills.Intern(folded);
    if (term != 0) packed.push_back(AskedSkill{term, required}.Packed());
  };
  const Taxonomy& taxonomy = *terms.taxonomy;
  for (const std::string& skill : job.required_skills()) {
    add(taxonomy.TermOf(skill), true);
  }
  for (const std::string& skill : job.optional_skills()) {
    add(taxonomy.TermOf(skill), false);
  }
  if (packed.empty()) {
    for (const type::v1::Occupation& occupation : job.occupations()) {
      for (const auto* skill : taxonomy.EssentialOf(occupation.esco_uri())) {
        // Cut here, where the order is the same in every index.
        if (packed.size() == kMostListed) break;
        add(skill->folded, false);
      }
    }
  }
  // Of one term the required entry comes first.
  std::sort(packed.begin(), packed.end(), [](uint32_t a, uint32_t b) {
    return std::pair(a / 2, b % 2) < std::pair(b / 2, a % 2);
  });
  const auto same_term = [](uint32_t a, uint32_t b) { return a / 2 == b / 2; };
  packed.erase(std::unique(packed.begin(), packed.end(), same_term),
               packed.end());
  if (packed.size() > kMostListed) packed.resize(kMostListed);
  return packed;
}

}  // namespace

LanguageCode LanguageCode::Of(absl::string_view code,
                              type::v1::CefrLevel level) {
  const auto letter = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(code[i])) - 'a';
  };
  LanguageCode language;
  language.level = static_cast<uint32_t>(level) % 8;
  const bool valid = code.size() == 2 && letter(0) < 26 && letter(1) < 26;
  language.letters = valid ? letter(0) * 26 + letter(1) : kNone;
  return language;
}

Card JobColumns::CardOf(const Offer& job) {
  return {job.name(), job.title(), MunicipalityOf(job.place()),
          PostalCodeOf(job.place()), job.employer().display_name()};
}

void JobColumns::Append(const Offer& job, Dictionaries& terms) {
  common.Append(job, terms);
  const WeeklyMinutes hours = WeeklyMinutes::Of(job.weekly_hours());
  const Pay pay = HighestPay(job.salary(), hours);
  JobRecord record;
  record.lists = static_cast<uint32_t>(lists_.size());
  record.counts = AppendLists(job, terms);
  if (job.has_start_date()) record.start_day = DayNumber(job.start_date());
  if (pay.known()) record.hourly_cents = pay.Hourly();
  record.employer =
      terms.employers.Intern(FoldCase(job.employer().display_name()));
  record.fewest_minutes = static_cast<uint16_t>(hours.fewest);
  record.most_minutes = static_cast<uint16_t>(hours.most);
  for (const std::string& licence : job.driving_licences()) {
    record.licences =
        static_cast<uint16_t>(record.licences | LicenceBit(licence));
  }
  if (job.has_remote_percent()) {
    record.remote_percent =
        static_cast<int16_t>(std::clamp(job.remote_percent(), 0, 100));
  }
  record.employment_type = JobRecord::Kind(job.employment_type());
  record.temp_agency = JobRecord::Kind(job.temp_agency());
  records_.push_back(record);
}

JobRecord::Counts JobColumns::AppendLists(const Offer& job,
                                          Dictionaries& terms) {
  JobRecord::Counts counts;
  const auto add = [&](uint32_t entry, uint8_t& count) {
    if (count == kMostListed) return;
    lists_.push_back(entry);
    ++count;
  };
  for (const type::v1::Occupation& occupation : job.occupations()) {
    const OccupationCode code = OccupationCode::Of(occupation.kldb_code());
    if (code.length > 0) add(code.Packed(), counts.occupations);
  }
  for (const type::v1::Occupation& occupation : job.occupations()) {
    const uint32_t uri = terms.esco_uris.Intern(occupation.esco_uri());
    if (uri != 0) add(uri, counts.esco_uris);
  }
  for (uint32_t skill : AskedSkills(job, terms)) {
    add(skill, counts.skills);
  }
  for (const type::v1::LanguageSkill& asked : job.languages()) {
    const LanguageCode code =
        LanguageCode::Of(asked.language_code(), asked.level());
    if (code.letters != LanguageCode::kNone) {
      add(code.Packed(), counts.languages);
    }
  }
  return counts;
}

void JobColumns::AppendFrom(const JobColumns& other, uint32_t row) {
  common.AppendFrom(other.common, row);
  JobRecord& record = records_.emplace_back(other.record(row));
  record.lists = static_cast<uint32_t>(lists_.size());
  lists_.insert(lists_.end(), other.Occupations(row).begin(),
                other.Languages(row).end());
}

void JobColumns::Reserve(size_t rows, size_t listed) {
  common.Reserve(rows);
  records_.reserve(rows);
  lists_.reserve(listed);
}

uint64_t JobColumns::PlaceInOrder(uint32_t row) const {
  const JobRecord& job = record(row);
  constexpr uint64_t kUnplaced = 1;
  // Nearer to whoever wants that than others in the same block.
  constexpr uint64_t kPartlyRemote = 2;
  constexpr uint64_t kRemote = 3;
  uint64_t apart = 0;
  if (job.remote_percent > 0) {
    apart = job.remote_percent == 100 ? kRemote : kPartlyRemote;
  } else if (!IsKnown(common.point[row])) {
    apart = kUnplaced;
  }
  // Cells of some 40 km, in them groups of three digits: a household that looks
  // around a place and one that looks everywhere for its occupation both find
  // what they may want in few blocks. Measured with cells of 10 to 300 km.
  constexpr int kCellBits = 14;
  constexpr uint32_t kBelowGroup = 100;
  constexpr uint64_t kUncoded = 1'000;
  constexpr int kGroupBits = 10;
  const absl::Span<const uint32_t> codes = Occupations(row);
  const uint64_t group =
      codes.empty() ? kUncoded
                    : OccupationCode::Unpacked(codes[0]).digits / kBelowGroup;
  const uint64_t where = apart << 32 | HilbertPosition(common.point[row]);
  const uint64_t cell = where >> kCellBits;
  const uint64_t in_cell = where & ((uint64_t{1} << kCellBits) - 1);
  return (cell << kGroupBits | group) << kCellBits | in_cell;
}

JobLabel JobColumns::LabelOf(uint32_t row) const {
  const JobRecord& job = record(row);
  JobLabel label;
  for (const uint32_t packed : Occupations(row)) {
    const uint32_t main_group = OccupationCode::Unpacked(packed).digits / 1'000;
    const auto next =
        static_cast<uint16_t>(main_group == 0 ? JobLabel::kOther : main_group);
    const bool other =
        label.occupation != JobLabel::kNoOccupation && label.occupation != next;
    label.occupation = other ? JobLabel::kOther : next;
  }
  if (!EscoUris(row).empty()) label.occupation = JobLabel::kOther;
  if (job.remote_percent > 0) {
    label.remote =
        job.remote_percent == 100 ? JobLabel::kFull : JobLabel::kSome;
  }
  return label;
}

int32_t JobColumns::DayOfNewest(int32_t newest) {
  constexpr int64_t kSecondsPerDay = 86'400;
  return static_cast<int32_t>((int64_t{newest} << HalfBytes::kFreshShift) /
                              kSecondsPerDay);
}

JobHalves JobColumns::HalvesOf(uint32_t row) const {
  const JobRecord& job = record(row);
  constexpr std::array<uint32_t, 4> kBelow = {10'000, 1'000, 100, 10};
  JobHalves halves;
  halves.most = HalfBytes::Minutes(job.most_minutes);
  if (job.most_minutes > 0) {
    halves.fewest = HalfBytes::Minutes(job.fewest_minutes);
  }
  halves.salary = HalfBytes::Salary(job.hourly_cents);
  if (job.start_day != kNoDay) {
    halves.date =
        HalfBytes::Date(int64_t{job.start_day} - DayOfNewest(newest_));
  }
  const uint32_t fresh = common.fresh[row];
  if (fresh != 0) {
    halves.age = HalfBytes::Age(newest_ - HalfBytes::FreshStep(fresh));
  }
  if (!Skills(row).empty()) halves.skills = HalfBytes::kAsks;
  halves.digits.fill(HalfBytes::kNoCode);
  for (const uint32_t packed : Occupations(row)) {
    const uint32_t code = OccupationCode::Unpacked(packed).digits;
    for (size_t i = 0; i < kBelow.size(); ++i) {
      const auto digit = static_cast<uint8_t>(code / kBelow[i] % 10);
      uint8_t& all = halves.digits[i];
      all = all == HalfBytes::kNoCode || all == digit ? digit
                                                      : HalfBytes::kAnyDigit;
    }
  }
  halves.remote = HalfBytes::Remote(job.remote_percent);
  halves.terms = HalfBytes::Terms(job.employment_type,
                                  job.temp_agency == type::v1::ANSWER_YES);
  return halves;
}

int32_t JobColumns::AskedSum(uint32_t row) const {
  int32_t sum = 0;
  for (const uint32_t packed : Skills(row)) {
    const AskedSkill skill = AskedSkill::Unpacked(packed);
    sum += SkillWeight(skill.required) * skill_rarities_.Of(skill.term);
  }
  return sum;
}

void JobColumns::Seal() {
  lists_.shrink_to_fit();
  const auto count = static_cast<uint32_t>(rows());
  skill_rarities_.Build(count, [this](uint32_t row) { return Skills(row); });
  for (uint32_t row = 0; row < count; ++row) {
    newest_ = std::max(newest_, HalfBytes::FreshStep(common.fresh[row]));
  }
  planes_.Build(count, [this](uint32_t row) { return HalvesOf(row).Bytes(); });
  skill_index_.Build(
      count, [this](uint32_t row) { return Skills(row); },
      [this](uint32_t row) { return HalfBytes::Asked(AskedSum(row)); });
  grid_.Build(common.point,
              [this](uint32_t row) { return LabelOf(row).Packed(); });
}

int64_t JobColumns::Bytes() const {
  return common.Bytes() + BytesOf(records_) + BytesOf(lists_) +
         skill_rarities_.Bytes() + planes_.Bytes() + skill_index_.Bytes() +
         grid_.Bytes();
}

}  // namespace heimweg::matching
