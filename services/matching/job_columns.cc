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
  start_day.push_back(job.has_start_date() ? DayNumber(job.start_date())
                                           : kNoDay);
  const WeeklyMinutes hours = WeeklyMinutes::Of(job.weekly_hours());
  fewest_minutes.push_back(static_cast<uint16_t>(hours.fewest));
  most_minutes.push_back(static_cast<uint16_t>(hours.most));
  const Pay pay = HighestPay(job.salary(), hours);
  hourly_cents.push_back(pay.known() ? pay.Hourly() : -1);
  remote_percent.push_back(
      job.has_remote_percent()
          ? static_cast<int16_t>(std::clamp(job.remote_percent(), 0, 100))
          : int16_t{-1});
  employment_type.push_back(static_cast<uint8_t>(job.employment_type()));
  temp_agency.push_back(static_cast<uint8_t>(job.temp_agency()));
  uint16_t classes = 0;
  for (const std::string& licence : job.driving_licences()) {
    classes = static_cast<uint16_t>(classes | LicenceBit(licence));
  }
  licences.push_back(classes);
  employer.push_back(
      terms.employers.Intern(FoldCase(job.employer().display_name())));
  AppendLists(job, terms);
}

void JobColumns::AppendLists(const Offer& job, Dictionaries& terms) {
  begin_.push_back(static_cast<uint32_t>(lists_.size()));
  Counts counts;
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
  counts_.push_back(counts);
}

void JobColumns::AppendFrom(const JobColumns& other, uint32_t row) {
  common.AppendFrom(other.common, row);
  start_day.push_back(other.start_day[row]);
  fewest_minutes.push_back(other.fewest_minutes[row]);
  most_minutes.push_back(other.most_minutes[row]);
  hourly_cents.push_back(other.hourly_cents[row]);
  remote_percent.push_back(other.remote_percent[row]);
  employment_type.push_back(other.employment_type[row]);
  temp_agency.push_back(other.temp_agency[row]);
  licences.push_back(other.licences[row]);
  employer.push_back(other.employer[row]);
  begin_.push_back(static_cast<uint32_t>(lists_.size()));
  counts_.push_back(other.counts_[row]);
  lists_.insert(lists_.end(), other.Occupations(row).begin(),
                other.Languages(row).end());
}

void JobColumns::Reserve(size_t rows, size_t listed) {
  common.Reserve(rows);
  start_day.reserve(rows);
  fewest_minutes.reserve(rows);
  most_minutes.reserve(rows);
  hourly_cents.reserve(rows);
  remote_percent.reserve(rows);
  employment_type.reserve(rows);
  temp_agency.reserve(rows);
  licences.reserve(rows);
  employer.reserve(rows);
  begin_.reserve(rows);
  counts_.reserve(rows);
  lists_.reserve(listed);
}

uint64_t JobColumns::PlaceInOrder(uint32_t row) const {
  constexpr uint64_t kUnplaced = 1;
  // Nearer to whoever wants that than others in the same block.
  constexpr uint64_t kPartlyRemote = 2;
  constexpr uint64_t kRemote = 3;
  uint64_t apart = 0;
  if (remote_percent[row] > 0) {
    apart = remote_percent[row] == 100 ? kRemote : kPartlyRemote;
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
  if (remote_percent[row] > 0) {
    label.remote =
        remote_percent[row] == 100 ? JobLabel::kFull : JobLabel::kSome;
  }
  return label;
}

int32_t JobColumns::DayOfNewest(int32_t newest) {
  constexpr int64_t kSecondsPerDay = 86'400;
  return static_cast<int32_t>((int64_t{newest} << HalfBytes::kFreshShift) /
                              kSecondsPerDay);
}

JobHalves JobColumns::HalvesOf(uint32_t row) const {
  constexpr std::array<uint32_t, 4> kBelow = {10'000, 1'000, 100, 10};
  JobHalves halves;
  halves.most = HalfBytes::Minutes(most_minutes[row]);
  if (most_minutes[row] > 0) {
    halves.fewest = HalfBytes::Minutes(fewest_minutes[row]);
  }
  halves.salary = HalfBytes::Salary(hourly_cents[row]);
  if (start_day[row] != kNoDay) {
    halves.date =
        HalfBytes::Date(int64_t{start_day[row]} - DayOfNewest(newest_));
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
  halves.remote = HalfBytes::Remote(remote_percent[row]);
  halves.terms = HalfBytes::Terms(employment_type[row],
                                  temp_agency[row] == type::v1::ANSWER_YES);
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
  return common.Bytes() + BytesOf(start_day) + BytesOf(fewest_minutes) +
         BytesOf(most_minutes) + BytesOf(hourly_cents) +
         BytesOf(remote_percent) + BytesOf(employment_type) +
         BytesOf(temp_agency) + BytesOf(licences) + BytesOf(employer) +
         BytesOf(begin_) + BytesOf(counts_) + BytesOf(lists_) +
         skill_rarities_.Bytes() + planes_.Bytes() + skill_index_.Bytes() +
         grid_.Bytes();
}

}  // namespace heimweg::matching
