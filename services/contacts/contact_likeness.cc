// When two contacts are likely one (ContactKind::BlocksOf,
// ContactKind::Likeness).
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/contact_kind.h"
#include "services/offers/likeness.h"

namespace heimweg::contacts {
namespace {

using offers::kNeverOne;
using v1::Contact;

int OrganizationPoints(const Contact& a, const Contact& b) {
  constexpr int kAlikePercent = 50;
  if (a.organization().empty() || b.organization().empty()) return 0;
  const int percent =
      offers::CommonPercent(offers::FoldedWords(a.organization()),
                            offers::FoldedWords(b.organization()));
  if (percent == 100) return 3;
  return percent >= kAlikePercent ? 0 : -4;
}

int SchedulePoints(const Contact& a, const Contact& b) {
  if (!a.has_schedule() || !b.has_schedule()) return 0;
  return a.schedule().start_time().seconds() ==
                 b.schedule().start_time().seconds()
             ? 3
             : kNeverOne;
}

int AgePoints(const Contact& a, const Contact& b) {
  if (!a.has_ages() || !b.has_ages()) return 0;
  return a.ages().SerializeAsString() == b.ages().SerializeAsString() ? 1 : -3;
}

}  // namespace

offers::Blocks ContactKind::BlocksOf(const Offer& contact) {
  const absl::string_view postcode = offers::PostalCode(contact.place());
  const std::string words =
      absl::StrJoin(offers::FoldedWords(contact.title()), " ");
  if (postcode.empty() || words.empty()) return {};
  return {.own = offers::BlockOf(
              absl::StrCat(contact.contact_type(), "|", postcode, "|", words)),
          .near = {}};
}

int ContactKind::Likeness(const Offer& a, const Offer& b) {
  constexpr int kSameName = 8;
  const offers::Blocks block = BlocksOf(a);
  if (block.own == 0 || block.own != BlocksOf(b).own) return kNeverOne;
  return std::max(kNeverOne, kSameName +
                                 offers::NumberPoints(a.title(), b.title()) +
                                 OrganizationPoints(a, b) +
                                 SchedulePoints(a, b) + AgePoints(a, b) +
                                 offers::PlacePoints(a.place(), b.place()));
}

}  // namespace heimweg::contacts
