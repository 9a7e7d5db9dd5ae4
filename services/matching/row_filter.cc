#include "services/matching/row_filter.h"

#include <algorithm>
#include <bit>

#include "services/matching/features/dates.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/occupation.h"
#include "services/matching/features/salary.h"
#include "services/matching/weights.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace heimweg::matching {
namespace {

constexpr int kMostByte = 255;
constexpr int64_t kMostBudget = 254;
// Below this a unit is too coarse.
constexpr int64_t kLeastBudget = 96;

#if defined(__x86_64__)

#define HEIMWEG_AVX2 __attribute__((target("avx2")))

constexpr size_t kWidth = 32;

HEIMWEG_AVX2 inline __m256i Load(const uint8_t* bytes) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
}
HEIMWEG_AVX2 inline void Store(__m256i values, uint8_t* bytes) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(bytes), values);
}

// What a table says of the lower and of the upper half bytes.
HEIMWEG_AVX2 inline __m256i Low(const ByteTable& table, __m256i bytes) {
  return _mm256_shuffle_epi8(Load(table.data()),
                             _mm256_and_si256(bytes, _mm256_set1_epi8(0x0f)));
}
HEIMWEG_AVX2 inline __m256i High(const ByteTable& table, __m256i bytes) {
  return Low(table, _mm256_srli_epi16(bytes, 4));
}

// RowTables::skills_loss less what the products of bytes gain.
HEIMWEG_AVX2 inline __m256i Remaining(const RowTables& tables, __m256i shared,
                                      __m256i asked) {
  const __m256i gain = _mm256_mulhi_epu16(
      _mm256_mullo_epi16(shared, asked),
      _mm256_set1_epi16(static_cast<int16_t>(tables.skills_gain)));
  return _mm256_subs_epu16(
      _mm256_set1_epi16(static_cast<int16_t>(tables.skills_loss)), gain);
}

HEIMWEG_AVX2 inline __m256i SkillLosses(const JobPlanes::Block& block,
                                        const RowTables& tables, size_t first) {
  const __m256i none = _mm256_setzero_si256();
  __m256i shared = none;
  for (size_t i = 0; i < kSignatureBytes; ++i) {
    const __m256i bits = Load(block[kSignaturePlane + i].data() + first);
    shared = _mm256_adds_epu8(shared, Low(tables.shared[2 * i], bits));
    shared = _mm256_adds_epu8(shared, High(tables.shared[2 * i + 1], bits));
  }
  const __m256i asked = Load(block[kAskedPlane].data() + first);
  return _mm256_packus_epi16(
      Remaining(tables, _mm256_unpacklo_epi8(shared, none),
                _mm256_unpacklo_epi8(asked, none)),
      Remaining(tables, _mm256_unpackhi_epi8(shared, none),
                _mm256_unpackhi_epi8(asked, none)));
}

// Losses by DISTANCE as bytes.
HEIMWEG_AVX2 inline __m256i DistanceBytes(const int32_t* losses, int shift) {
  const auto cut = [&](int first) HEIMWEG_AVX2 {
    const __m256i eight =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(losses + first));
    return _mm256_min_epi32(_mm256_srli_epi32(eight, shift),
                            _mm256_set1_epi32(kMostByte));
  };
  const __m256i bytes =
      _mm256_packus_epi16(_mm256_packus_epi32(cut(0), cut(8)),
                          _mm256_packus_epi32(cut(16), cut(24)));
  // Packed within both halves of the register.
  return _mm256_permutevar8x32_epi32(bytes,
                                     _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

// A bit for each byte that is at most `most`.
HEIMWEG_AVX2 inline uint64_t AtMost(__m256i bytes, __m256i most) {
  const __m256i is = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, most), bytes);
  return static_cast<uint32_t>(_mm256_movemask_epi8(is));
}

HEIMWEG_AVX2 void FilterRowsByAvx2(const JobPlanes::Block& block,
                                   const DistanceLosses& distances,
                                   const RowTables& tables, uint8_t most,
                                   FilteredRows& rows) {
  const auto& losses = tables.losses;
  const __m256i budget = _mm256_set1_epi8(static_cast<char>(most));
  rows.rows = 0;
  for (size_t first = 0; first < kBlockRows; first += kWidth) {
    const __m256i hours = Load(block[0].data() + first);
    const __m256i pay_and_date = Load(block[1].data() + first);
    const __m256i age_and_skills = Load(block[2].data() + first);
    const __m256i digits = Load(block[3].data() + first);
    const __m256i more_digits = Load(block[4].data() + first);
    const __m256i terms = Load(block[5].data() + first);
    __m256i sum =
        _mm256_max_epu8(Low(losses[0], hours), High(losses[1], hours));
    sum = _mm256_adds_epu8(sum, Low(losses[2], pay_and_date));
    sum = _mm256_adds_epu8(sum, High(losses[3], pay_and_date));
    sum = _mm256_adds_epu8(sum, Low(losses[4], age_and_skills));
    const __m256i codes = _mm256_max_epu8(
        _mm256_max_epu8(Low(losses[6], digits), High(losses[7], digits)),
        _mm256_max_epu8(Low(losses[8], more_digits),
                        High(losses[9], more_digits)));
    sum = _mm256_adds_epu8(sum, codes);
    sum = _mm256_adds_epu8(sum, High(losses[11], terms));
    Store(sum, rows.others.data() + first);
    sum = _mm256_adds_epu8(
        sum,
        _mm256_min_epu8(Low(losses[10], terms),
                        DistanceBytes(distances.data() + first, tables.shift)));
    const __m256i skills = _mm256_min_epu8(SkillLosses(block, tables, first),
                                           High(losses[5], age_and_skills));
    Store(skills, rows.skills.data() + first);
    rows.rows |= AtMost(_mm256_adds_epu8(sum, skills), budget) << first;
  }
}

#undef HEIMWEG_AVX2

#endif

uint8_t Cut(uint32_t value) {
  return static_cast<uint8_t>(std::min<uint32_t>(value, kMostByte));
}

// As SkillLosses, of one row.
uint32_t SkillLoss(const JobPlanes::Block& block, const RowTables& tables,
                   uint32_t row) {
  constexpr int kGainShift = 16;
  uint32_t shared = 0;
  for (size_t i = 0; i < kSignatureBytes; ++i) {
    const uint8_t bits = block[kSignaturePlane + i][row];
    shared += tables.shared[2 * i][bits & 0x0f];
    shared += tables.shared[2 * i + 1][bits >> 4];
  }
  const uint32_t product = uint32_t{Cut(shared)} * block[kAskedPlane][row];
  const uint32_t gain = product * tables.skills_gain >> kGainShift;
  return tables.skills_loss > gain ? tables.skills_loss - gain : 0;
}

}  // namespace

void FilterRowsOneByOne(const JobPlanes::Block& block,
                        const DistanceLosses& distances,
                        const RowTables& tables, uint8_t most,
                        FilteredRows& rows) {
  rows.rows = 0;
  for (uint32_t row = 0; row < kBlockRows; ++row) {
    std::array<uint32_t, kHalves> loss{};
    for (size_t i = 0; i < kHalves / 2; ++i) {
      loss[2 * i] = tables.losses[2 * i][block[i][row] & 0x0f];
      loss[2 * i + 1] = tables.losses[2 * i + 1][block[i][row] >> 4];
    }
    const uint32_t others =
        std::max(loss[0], loss[1]) + loss[2] + loss[3] + loss[4] +
        std::max({loss[6], loss[7], loss[8], loss[9]}) + loss[11];
    const uint32_t skills = std::min(SkillLoss(block, tables, row), loss[5]);
    const uint32_t distance = std::min<uint32_t>(
        Cut(static_cast<uint32_t>(distances[row]) >> tables.shift), loss[10]);
    if (others + distance + skills <= most) rows.rows |= uint64_t{1} << row;
    rows.others[row] = Cut(others);
    rows.skills[row] = Cut(skills);
  }
}

void FilterRows(const JobPlanes::Block& block, const DistanceLosses& distances,
                const RowTables& tables, uint8_t most, FilteredRows& rows) {
#if defined(__x86_64__)
  static const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  if (avx2) return FilterRowsByAvx2(block, distances, tables, most, rows);
#endif
  FilterRowsOneByOne(block, distances, tables, most, rows);
}

RowFilter::RowFilter(const JobQuery& query, size_t seeker)
    : query_(query), seeker_(seeker) {
  FillHours();
  FillSalary();
  FillOccupations();
  FillTerms();
  FillSkills();
  losses_[kRemote].fill(kFails);
  // At first all is below a byte's unit.
  scaled_.shift = 31;
}

void RowFilter::FillHours() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_HOURS);
  const WeeklyMinutes wished = query_.wish().seekers[seeker_].weekly;
  if (wished.most == 0) {
    losses_[kFewest].fill(weight * (kOne - kNeutral));
    return;
  }
  constexpr auto kStep = static_cast<int64_t>(HalfBytes::kMinutes);
  const int64_t low = wished.fewest;
  const int64_t high = wished.most;
  for (int64_t half = 0; half < HalfBytes::kCount; ++half) {
    const int64_t first = half * kStep;
    const bool no_end = half == HalfBytes::kLast;
    const int64_t last = no_end ? INT32_MAX : first + kStep - 1;
    const auto i = static_cast<size_t>(half);
    // Of a job's range from `last` on no greater share is wished.
    losses_[kFewest][i] =
        first > high ? kFails
        : last >= low
            ? 0
            : weight * (kOne - static_cast<int32_t>((high - low) * kOne /
                                                    (high - last)));
    // And of one up to `first`.
    losses_[kMost][i] =
        last < low ? kFails
        : first <= high
            ? 0
            : weight * (kOne - static_cast<int32_t>((high - low) * kOne /
                                                    (first - low)));
  }
  // A range of one value is met or not. What is not said is neutral.
  losses_[kMost][0] = std::min(losses_[kMost][0], weight * (kOne - kNeutral));
  losses_[kFewest][0] =
      std::min(losses_[kFewest][0], weight * (kOne - kNeutral));
}

void RowFilter::FillSalary() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_SALARY);
  const JobQuery::Seeker& own = query_.bound(seeker_);
  Losses& losses = losses_[kSalary];
  losses[0] = weight * (kOne - kNeutral);
  for (int32_t half = 1; half < HalfBytes::kCount; ++half) {
    const int32_t most =
        half == HalfBytes::kLast
            ? INT32_MAX
            : HalfBytes::kFirstCents + half * HalfBytes::kCents - 1;
    losses[static_cast<size_t>(half)] =
        most < own.required_hourly_cents
            ? kFails
            : weight *
                  (kOne -
                   SalaryFeature(own.floor_hourly_cents, most).OrNeutral());
  }
}

void RowFilter::FillOccupations() {
  const int32_t weight =
      WeightOf(query_.wish().weights, v1::FEATURE_OCCUPATION);
  const JobSeeker& asked = query_.wish().seekers[seeker_];
  if (weight == 0 || !asked.esco_uris.empty()) return;
  if (asked.codes.empty()) {
    losses_[kDigits].fill(weight * (kOne - kNeutral));
    return;
  }
  constexpr std::array<uint32_t, 4> kBelow = {10'000, 1'000, 100, 10};
  for (uint32_t place = 0; place < kBelow.size(); ++place) {
    Losses& losses = losses_[kDigits + place];
    losses.fill(weight * kOne);
    for (const OccupationCode wished : asked.codes) {
      const int32_t all = weight * (kOne - kOccupationLadder[wished.length]);
      const int32_t other =
          weight * (kOne - kOccupationLadder[std::min(wished.length, place)]);
      for (uint32_t digit = 0; digit < HalfBytes::kNoCode; ++digit) {
        const bool same = wished.digits / kBelow[place] % 10 == digit;
        losses[digit] = std::min(losses[digit], same ? all : other);
      }
      losses[HalfBytes::kAnyDigit] =
          std::min(losses[HalfBytes::kAnyDigit], all);
    }
    losses[HalfBytes::kNoCode] = weight * (kOne - kNeutral);
  }
}

void RowFilter::FillTerms() {
  const JobSeeker& asked = query_.wish().seekers[seeker_];
  for (uint8_t half = 0; half < HalfBytes::kCount; ++half) {
    const auto type = static_cast<uint8_t>(half & ~HalfBytes::kTempAgency);
    const bool other_type = asked.employment_types != 0 && type != 0 &&
                            type != HalfBytes::kOtherTypes &&
                            (asked.employment_types >> type & 1U) == 0;
    const bool agency =
        asked.no_temp_agency && (half & HalfBytes::kTempAgency) != 0;
    losses_[kTerms][half] = other_type || agency ? kFails : 0;
  }
}

void RowFilter::FillSkills() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_SKILLS);
  Losses& most = losses_[kSkills];
  most.fill(weight * (kOne - kNeutral));
  if (!query_.HasSkills(seeker_)) return;
  most[HalfBytes::kAsks] = weight * kOne;
  most[HalfBytes::kAsksLittle] = 0;
  for (const JobQuery::HeldSkill& held : query_.HeldSkills(seeker_)) {
    const uint64_t bit = HalfBytes::SkillBit(held.term);
    const int place = std::countr_zero(bit);
    ByteTable& table = scaled_.shared[static_cast<size_t>(place) / 4];
    for (size_t half = 0; half < table.size(); ++half) {
      if ((half >> (place % 4) & 1U) == 0) continue;
      table[half] = static_cast<uint8_t>(
          std::min(table[half] + query_.view().rarity[held.term], kMostByte));
    }
  }
}

void RowFilter::FillDates() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_DATES);
  const ReturnDays window = query_.shared().window();
  const int32_t base = JobColumns::DayOfNewest(newest_);
  Losses& losses = losses_[kDate];
  losses[0] = weight * (kOne - kNeutral);
  for (int32_t half = 1; half < HalfBytes::kCount; ++half) {
    const int32_t first = base + (half - 1) * HalfBytes::kDays;
    const int32_t last =
        half == HalfBytes::kLast ? INT32_MAX : first + HalfBytes::kDays - 1;
    int32_t& loss = losses[static_cast<size_t>(half)];
    if (window.latest && half > 1 && first > *window.latest) {
      loss = kFails;
    } else {
      // A day inside the window is best, else the nearest before it.
      loss = last >= window.earliest
                 ? 0
                 : weight * (kOne - JobDateFeature(window, last).OrNeutral());
    }
  }
}

void RowFilter::FillAges() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_FRESHNESS);
  const int64_t now = query_.wish().evaluation_seconds;
  Losses& losses = losses_[kAge];
  for (size_t half = 0; half < HalfBytes::kAges.size(); ++half) {
    // The last second of the step.
    const int64_t step = int64_t{newest_} - HalfBytes::kAges[half];
    const int64_t last = ((step + 1) << HalfBytes::kFreshShift) - 1;
    const auto seconds = static_cast<uint32_t>(
        std::clamp<int64_t>(last, 1, int64_t{UINT32_MAX}));
    losses[half] = weight * (kOne - FreshnessFeature(now, seconds).OrNeutral());
  }
  losses[HalfBytes::kLast] = weight * (kOne - kNeutral);
}

void RowFilter::SetRarityShare(int32_t rarity_share) {
  if (rarity_share == rarity_share_) return;
  rarity_share_ = rarity_share;
  ScaleSkills();
}

void RowFilter::EnterNewest(int32_t newest) {
  if (newest == newest_) return;
  newest_ = newest;
  FillDates();
  FillAges();
  Scale(kDate);
  Scale(kAge);
}

void RowFilter::SetRemote(const Losses& losses) {
  if (losses_[kRemote] == losses) return;
  losses_[kRemote] = losses;
  Scale(kRemote);
}

void RowFilter::LeaveOutOccupations() {
  for (size_t half = kDigits; half < kRemote; ++half) {
    losses_[half] = {};
    Scale(half);
  }
}

void RowFilter::Scale(size_t half) {
  for (size_t i = 0; i < HalfBytes::kCount; ++i) {
    const auto loss = static_cast<uint8_t>(
        std::min(losses_[half][i] >> scaled_.shift, int32_t{kMostByte}));
    scaled_.losses[half][i] = loss;
    scaled_.losses[half][i + HalfBytes::kCount] = loss;
  }
}

void RowFilter::ScaleSkills() {
  // What is shared, at most twice the sum of rarities, of what is asked for, at
  // least rarity_share_ x kAskedUnit / JobHalves::asked.
  constexpr int64_t kPart = (int64_t{2} << 16) * kOne;
  const int64_t whole = int64_t{rarity_share_} * HalfBytes::kAskedUnit;
  const int64_t weight = WeightOf(query_.wish().weights, v1::FEATURE_SKILLS);
  const int64_t loss =
      std::min({(weight * kOne) >> scaled_.shift, int64_t{INT16_MAX},
                int64_t{UINT16_MAX} * whole / kPart});
  scaled_.skills_gain =
      static_cast<uint16_t>((loss * kPart + whole - 1) / whole);
  // A gain is rounded down.
  scaled_.skills_loss = static_cast<uint16_t>(std::max<int64_t>(loss - 1, 0));
}

void RowFilter::Rescale(int64_t budget) {
  int& shift = scaled_.shift;
  const int64_t units = budget >> shift;
  if (units <= kMostBudget && (units >= kLeastBudget || shift == 0)) return;
  // The finest unit by which the budget is a byte below 255.
  const auto width =
      static_cast<int>(std::bit_width(static_cast<uint64_t>(budget)));
  shift = std::max(width - 8, 0);
  if ((budget >> shift) > kMostBudget) ++shift;
  for (size_t half = 0; half < kHalves; ++half) Scale(half);
  ScaleSkills();
}

void RowFilter::Filter(const JobPlanes::Block& block,
                       const DistanceLosses& distances, int64_t budget,
                       FilteredRows& rows) {
  rows.rows = 0;
  if (budget < 0) return;
  Rescale(budget);
  FilterRows(block, distances, scaled_,
             static_cast<uint8_t>(budget >> scaled_.shift), rows);
}

}  // namespace heimweg::matching
