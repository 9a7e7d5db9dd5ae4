#include "services/matching/job_summary.h"

#include <algorithm>

#include "services/matching/avx2.h"

namespace heimweg::matching {
namespace {

constexpr std::array<uint32_t, 6> kBelow = {100'000, 10'000, 1'000, 100, 10, 1};

#if defined(__x86_64__)

// Of four siblings.
HEIMWEG_AVX2 inline __m256i CommonDigitsOfFour(
    const SiblingCodes::ByDigits& codes, size_t first,
    const RoughCode& wished) {
  const __m256i none = _mm256_setzero_si256();
  __m256i shared = _mm256_set1_epi64x(-1);
  __m256i digits = _mm256_set1_epi64x(RoughCode::kFewestDigits - 1);
  for (size_t n = 0; n < codes.size(); ++n) {
    const __m256i both = _mm256_and_si256(
        _mm256_loadu_si256(
            reinterpret_cast<const __m256i*>(codes[n].data() + first)),
        _mm256_set1_epi64x(static_cast<int64_t>(wished.by_digits[n].bits)));
    // Who shares n digits shares all fewer.
    shared = _mm256_andnot_si256(_mm256_cmpeq_epi64(both, none), shared);
    digits = _mm256_sub_epi64(digits, shared);
  }
  return digits;
}

HEIMWEG_AVX2 void CommonDigitsByAvx2(const SiblingCodes::ByDigits& codes,
                                     const RoughCode& wished,
                                     SiblingCodes::Digits& digits) {
  constexpr size_t kFour = 4;
  for (size_t first = 0; first < kFanOut; first += kFour) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(digits.data() + first),
                        CommonDigitsOfFour(codes, first, wished));
  }
}

#endif

}  // namespace

RoughCode::RoughCode(OccupationCode code) {
  for (uint32_t n = kFewestDigits; n <= code.length; ++n) {
    by_digits[n - kFewestDigits].Add(code.digits / kBelow[n]);
  }
}

void RoughCode::Add(const RoughCode& other) {
  for (size_t i = 0; i < by_digits.size(); ++i) {
    by_digits[i].Add(other.by_digits[i]);
  }
}

void SiblingCodes::Set(size_t i, const RoughCode& codes) {
  for (size_t n = 0; n < by_digits_.size(); ++n) {
    by_digits_[n][i] = codes.by_digits[n].bits;
  }
}

void SiblingCodes::MostCommonDigitsOneByOne(const RoughCode& wished,
                                            Digits& digits) const {
  for (size_t i = 0; i < digits.size(); ++i) {
    digits[i] = MostCommonDigitsOf(i, wished);
  }
}

void SiblingCodes::MostCommonDigits(const RoughCode& wished,
                                    Digits& digits) const {
#if defined(__x86_64__)
  if (HasAvx2()) return CommonDigitsByAvx2(by_digits_, wished, digits);
#endif
  MostCommonDigitsOneByOne(wished, digits);
}

void JobSiblings::Set(size_t i, const JobSummary& rows) {
  SiblingSpheres::Set(i, rows);
  codes.Set(i, rows.codes);
  esco_uris[i] = rows.esco_uris;
  if (rows.uncoded) uncoded |= static_cast<uint8_t>(1U << i);
  remote_percent[i] = rows.remote_percent;
}

JobSummary::JobSummary(const JobColumns& columns,
                       absl::Span<const uint32_t> rows) {
  Summarize(columns.common, rows, common,
            [&](uint32_t row) { Add(columns, row); });
}

JobSummary::JobSummary(absl::Span<const JobSummary> below) {
  Summarize(below, common, [&](const JobSummary& one) { Add(one); });
}

void JobSummary::Add(const JobColumns& columns, uint32_t row) {
  const JobRecord& job = columns.record(row);
  for (const uint32_t packed : columns.Occupations(row)) {
    codes.Add(RoughCode(OccupationCode::Unpacked(packed)));
  }
  for (const uint32_t uri : columns.EscoUris(row)) esco_uris.Add(uri);
  employment_types.Add(job.employment_type);
  if (columns.Occupations(row).empty()) uncoded = true;
  if (job.hourly_cents < 0) unpaid = true;
  if (job.temp_agency != type::v1::ANSWER_YES) all_temp_agency = false;
  licences = static_cast<uint16_t>(licences & job.licences);
  remote_percent = std::max<int16_t>(remote_percent, job.remote_percent);
  hourly_cents = std::max(hourly_cents, job.hourly_cents);
  if (job.most_minutes == 0) {
    no_hours = true;
  } else {
    weekly_minutes.Add(job.fewest_minutes);
    weekly_minutes.Add(job.most_minutes);
  }
  if (job.start_day == kNoDay) {
    no_start = true;
  } else {
    start_day.Add(job.start_day);
  }
}

void JobSummary::Add(const JobSummary& other) {
  codes.Add(other.codes);
  esco_uris.Add(other.esco_uris);
  employment_types.Add(other.employment_types);
  uncoded = uncoded || other.uncoded;
  unpaid = unpaid || other.unpaid;
  no_hours = no_hours || other.no_hours;
  no_start = no_start || other.no_start;
  all_temp_agency = all_temp_agency && other.all_temp_agency;
  licences = static_cast<uint16_t>(licences & other.licences);
  remote_percent = std::max(remote_percent, other.remote_percent);
  hourly_cents = std::max(hourly_cents, other.hourly_cents);
  weekly_minutes.Add(other.weekly_minutes);
  start_day.Add(other.start_day);
}

}  // namespace heimweg::matching
