#include "services/matching/contact_bounds.h"

#include <algorithm>

#include "services/matching/features/people.h"

namespace heimweg::matching {
namespace {

int64_t MayShare(const std::vector<ContactQuery::NamedTerm>& named,
                 RoughSet offered) {
  return std::count_if(
      named.begin(), named.end(),
      [&](ContactQuery::NamedTerm own) { return offered.MayHold(own.term); });
}

}  // namespace

bool ContactBounds::Upper(const ContactSummary& rows, int32_t near,
                          Values& upper) const {
  if (near < 0) return false;
  if (!shared_.MayPass(rows.common)) return false;
  // Types that are not said, or that the set of wanted ones has no bit for.
  constexpr uint64_t kOpenTypes = ~uint64_t{UINT32_MAX} | 1;
  const uint32_t wanted = query_.wish().contact.types;
  if (wanted != 0 && (rows.types.bits & (wanted | kOpenTypes)) == 0) {
    return false;
  }
  upper[0] = near;
  const std::array<UpperValue, 2> values = {Dates(rows), People(rows)};
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i].any()) return false;
    upper[i + 1] = values[i].most();
  }
  upper.back() = shared_.Freshness(rows.common);
  return true;
}

UpperValue ContactBounds::Dates(const ContactSummary& rows) const {
  const int64_t now = query_.wish().evaluation_seconds;
  UpperValue upper;
  upper.UnknownIf(rows.no_event || rows.recurs);
  if (rows.any_event && rows.last_end >= now) {
    upper.Known(EventDateFeature({rows.first_start, UINT32_MAX, false}, now));
  }
  return upper;
}

UpperValue ContactBounds::People(const ContactSummary& rows) const {
  const ContactWish& asked = query_.wish().contact;
  UpperValue upper;
  if (asked.interests.empty() && asked.hooks.empty()) {
    upper.Unknown();
    return upper;
  }
  upper.UnknownIf(rows.no_terms);
  if (rows.any_terms) {
    upper.Known(PeopleFeature(true, MayShare(query_.interests(), rows.topics),
                              MayShare(query_.hooks(), rows.hooks)));
  }
  return upper;
}

}  // namespace heimweg::matching
