#include "services/matching/skill_shares.h"

#include <algorithm>

#include "services/matching/features/skills.h"
#include "services/matching/job_columns.h"
#include "services/matching/job_planes.h"
#include "services/matching/prefetch.h"

namespace heimweg::matching {
namespace {

constexpr uint32_t kAllShares = SkillShares::kAll;
// What SKILLS is where a job asks for nothing, in 255ths.
constexpr uint32_t kNeutralShare =
    (uint32_t{kNeutral} * kAllShares + uint32_t{kOne} - 1) / uint32_t{kOne};
constexpr uint8_t kNothing = 0;
// SkillIndex::asked of jobs that ask for HalfBytes::kLeastAsked or less.
constexpr uint8_t kLittle = 255;
constexpr int kGainBits = 16;

// A bit of `common` or several.
uint32_t SumOfCommon(const ShareTables& tables, uint8_t common) {
  return std::min(
      uint32_t{tables.low[common & 0x0f]} + tables.high[common >> 4],
      kAllShares);
}

#if defined(__x86_64__)

// Half of the bytes as numbers of 16 bits.
HEIMWEG_AVX2 inline __m256i SharesOfSums(__m256i sums, __m256i asked,
                                         uint16_t gain) {
  return _mm256_min_epu16(
      _mm256_mulhi_epu16(_mm256_mullo_epi16(sums, asked),
                         _mm256_set1_epi16(static_cast<int16_t>(gain))),
      _mm256_set1_epi16(static_cast<int16_t>(kAllShares)));
}

HEIMWEG_AVX2 uint8_t FindSharesByAvx2(const ShareTables& tables,
                                      const ShareBytes& block) {
  const __m256i none = _mm256_setzero_si256();
  const __m256i all = _mm256_set1_epi8(static_cast<char>(kAllShares));
  __m256i most = none;
  for (size_t first = 0; first < kBlockRows; first += kAvx2Bytes) {
    const __m256i asked = LoadBytes(block.asked + first);
    const __m256i common = LoadBytes(block.common + first);
    const __m256i sums =
        _mm256_adds_epu8(LoadBytes(block.shares + first),
                         _mm256_adds_epu8(OfLowHalves(tables.low, common),
                                          OfHighHalves(tables.high, common)));
    __m256i shares = _mm256_packus_epi16(
        SharesOfSums(_mm256_unpacklo_epi8(sums, none),
                     _mm256_unpacklo_epi8(asked, none), tables.gain),
        SharesOfSums(_mm256_unpackhi_epi8(sums, none),
                     _mm256_unpackhi_epi8(asked, none), tables.gain));
    shares = _mm256_adds_epu8(shares, _mm256_set1_epi8(1));
    const __m256i little = _mm256_andnot_si256(_mm256_cmpeq_epi8(sums, none),
                                               _mm256_cmpeq_epi8(asked, all));
    shares = _mm256_or_si256(
        shares, _mm256_or_si256(little, _mm256_cmpeq_epi8(sums, all)));
    shares = _mm256_blendv_epi8(
        shares, _mm256_set1_epi8(static_cast<char>(kNeutralShare)),
        _mm256_cmpeq_epi8(asked, none));
    StoreBytes(shares, block.shares + first);
    most = _mm256_max_epu8(most, shares);
  }
  // There is an instruction for the least of eight numbers.
  __m128i missing = _mm_max_epu8(_mm256_castsi256_si128(most),
                                 _mm256_extracti128_si256(most, 1));
  missing = _mm_xor_si128(missing, _mm256_castsi256_si128(all));
  missing = _mm_min_epu8(missing, _mm_srli_epi16(missing, 8));
  missing = _mm_minpos_epu16(
      _mm_and_si128(missing, _mm_set1_epi16(static_cast<int16_t>(kAllShares))));
  return static_cast<uint8_t>(
      kAllShares - static_cast<uint32_t>(_mm_extract_epi16(missing, 0)));
}

#endif

// Adds what the jobs of a group share by one skill; `sums` are by row.
void AddList(absl::Span<const uint16_t> asking, uint32_t rarity,
             uint8_t* sums) {
  const std::array<uint8_t, 2> weights = {
      static_cast<uint8_t>(rarity * kOptionalSkillWeight),
      static_cast<uint8_t>(rarity * kRequiredSkillWeight)};
  for (const uint16_t one : asking) {
    uint8_t& sum = sums[SkillIndex::RowOf(one)];
    // Seldom more than a byte holds.
    if (__builtin_add_overflow(
            sum, weights[SkillIndex::IsRequired(one) ? 1 : 0], &sum)) {
      sum = kAllShares;
    }
  }
}

}  // namespace

uint8_t FindSharesOneByOne(const ShareTables& tables, const ShareBytes& block) {
  uint32_t most = 0;
  for (uint32_t row = 0; row < kBlockRows; ++row) {
    const uint8_t asked = block.asked[row];
    const uint32_t sum = std::min(
        block.shares[row] + SumOfCommon(tables, block.common[row]), kAllShares);
    uint32_t share =
        std::min((sum * asked * tables.gain >> kGainBits) + 1, kAllShares);
    if (sum == kAllShares || (asked == kLittle && sum > 0)) share = kAllShares;
    if (asked == kNothing) share = kNeutralShare;
    block.shares[row] = static_cast<uint8_t>(share);
    most = std::max(most, share);
  }
  return static_cast<uint8_t>(most);
}

uint8_t FindShares(const ShareTables& tables, const ShareBytes& block) {
#if defined(__x86_64__)
  if (HasAvx2()) return FindSharesByAvx2(tables, block);
#endif
  return FindSharesOneByOne(tables, block);
}

SkillShares::SkillShares(const JobQuery& query, size_t seeker)
    : query_(query), seeker_(seeker), known_(query.view().segments.size()) {}

void SkillShares::Enter(size_t segment, Known& known) const {
  const ShelfView<JobColumns>& view = query_.view();
  const JobColumns& jobs = view.segments[segment].segment->columns;
  const SkillIndex& index = jobs.skill_index();
  const size_t blocks = (jobs.rows() + kBlockRows - 1) / kBlockRows;
  known.asked.resize((blocks + kGroup - 1) / kGroup);
  known.groups = std::make_unique_for_overwrite<Group[]>(known.asked.size());
  if (index.empty()) return;
  // Of the least that a job can ask for by its byte.
  const int64_t divisor =
      int64_t{HalfBytes::kAskedUnit} * view.rarity_shares[segment];
  const int64_t gain =
      ((int64_t{kAllShares} * kOne << kGainBits) + divisor - 1) / divisor;
  known.index = &index;
  known.tables.gain = static_cast<uint16_t>(gain);
  // Most jobs may have gone, or it may be more than bytes hold.
  if (gain > UINT16_MAX || !FillCommon(known)) {
    known.index = nullptr;
    return;
  }
  FindListed(known);
}

bool SkillShares::FillCommon(Known& known) const {
  int32_t all = 0;
  for (const JobQuery::HeldSkill& held : query_.HeldSkills(seeker_)) {
    const auto bit = known.index->CommonBit(held.term);
    if (!bit) continue;
    const int32_t most = kRequiredSkillWeight * query_.view().rarity[held.term];
    all += most;
    if (all > kAll) return false;
    ByteTable& table = *bit < 4 ? known.tables.low : known.tables.high;
    for (size_t half = 0; half < table.size(); ++half) {
      if ((half >> (*bit % 4) & 1U) == 0) continue;
      table[half] = static_cast<uint8_t>(table[half] + most);
    }
  }
  return true;
}

void SkillShares::FindListed(Known& known) const {
  for (const JobQuery::HeldSkill& held : query_.HeldSkills(seeker_)) {
    const auto skill = known.index->Find(held.term);
    if (!skill) continue;
    known.listed.push_back({*skill, query_.view().rarity[held.term]});
  }
}

void SkillShares::PrefetchLists(uint32_t group, const Known& known) {
  for (const Listed& listed : known.listed) {
    const absl::Span<const uint16_t> asking =
        known.index->Asking(listed.skill, group);
    PrefetchBytes(asking.data(), asking.size() * sizeof(uint16_t));
  }
}

void SkillShares::AddLists(uint32_t group, Known& known) const {
  Group& sums = known.groups[group];
  sums.shares.fill(0);
  PrefetchLists(group, known);
  for (const Listed& listed : known.listed) {
    AddList(known.index->Asking(listed.skill, group), listed.rarity,
            sums.shares.data());
  }
}

void SkillShares::Find(uint32_t block, const Known& known, Group& group) {
  const SkillIndex& index = *known.index;
  const size_t first = size_t{block} * kBlockRows;
  const size_t in_group = block % kGroup;
  group.most[in_group] =
      FindShares(known.tables, {index.asked().data() + first,
                                index.common_of().data() + first,
                                group.shares.data() + in_group * kBlockRows});
  group.found[in_group] = true;
}

SkillShares::Known& SkillShares::KnownOf(size_t segment) {
  std::unique_ptr<Known>& known = known_[segment];
  if (known == nullptr) {
    known = std::make_unique<Known>();
    Enter(segment, *known);
  }
  return *known;
}

void SkillShares::Prefetch(size_t segment, HalfOpen blocks) {
  const Known& known = KnownOf(segment);
  if (known.index == nullptr) return;
  const uint32_t group = blocks.first / kGroup;
  if (!known.asked[group]) PrefetchLists(group, known);
  for (uint32_t block = blocks.first; block < blocks.last; ++block) {
    const size_t first = size_t{block} * kBlockRows;
    matching::Prefetch(known.index->asked().data() + first);
    matching::Prefetch(known.index->common_of().data() + first);
  }
}

SkillShares::Blocks SkillShares::With(size_t segment, uint32_t block) {
  Known& known = KnownOf(segment);
  Group& group = known.groups[block / kGroup];
  if (!known.asked[block / kGroup]) {
    known.asked[block / kGroup] = true;
    group.found.fill(known.index == nullptr);
    if (known.index == nullptr) {
      group.shares.fill(kAll);
      group.most.fill(kAll);
    } else {
      AddLists(block / kGroup, known);
    }
  }
  return {known, group};
}

SkillShares::OfBlock SkillShares::Of(size_t segment, uint32_t block) {
  return With(segment, block).Of(block);
}

}  // namespace heimweg::matching
