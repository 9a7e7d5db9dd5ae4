// ContactQuery: a wish for people bound to the indexed contacts.
#ifndef HEIMWEG_SERVICES_MATCHING_CONTACT_QUERY_H_
#define HEIMWEG_SERVICES_MATCHING_CONTACT_QUERY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/matching/constraints/contact.h"
#include "services/matching/contact_columns.h"
#include "services/matching/relaxed_limit.h"
#include "services/matching/shared_query.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

class ContactBounds;
class ContactLosses;

// Thread-safe, as it is const. View and wish must outlive it.
class ContactQuery {
 public:
  using Columns = ContactColumns;
  using Bounds = ContactBounds;
  using Losses = ContactLosses;
  using Row = RowAt<ContactColumns>;

  static constexpr std::array<v1::Feature, 4> kFeatures = {
      v1::FEATURE_DISTANCE, v1::FEATURE_DATES, v1::FEATURE_PEOPLE,
      v1::FEATURE_FRESHNESS};
  using Values = std::array<FeatureValue, kFeatures.size()>;

  // A term of the household that some contact names.
  struct NamedTerm {
    uint32_t term = 0;
    size_t index = 0;  // among the household's terms
  };

  ContactQuery(const ShelfView<ContactColumns>& view, const Wish& wish);

  const ShelfView<ContactColumns>& view() const { return view_; }
  const Wish& wish() const { return shared_.wish(); }
  const SharedQuery& shared() const { return shared_; }
  // Contacts are for the whole household.
  static constexpr size_t seekers() { return 1; }
  // Each term once.
  const std::vector<NamedTerm>& interests() const { return interests_; }
  const std::vector<NamedTerm>& hooks() const { return hooks_; }

  // See JobQuery. `outside`: the row's place is known, and known to be outside
  // the anchors' limits.
  template <typename Visit>
  bool VisitHousehold(const Row& at, Visit visit, bool outside = false) const {
    const ContactColumns& contacts = at.columns;
    const uint32_t row = at.row;
    const ContactWish& asked = wish().contact;
    return shared_.VisitShared(contacts.common, at.segment, row, visit) &&
           visit(v1::CONSTRAINT_AREA,
                 outside ? Outcome::kFailed
                         : AreaConstraint(wish().anchors,
                                          contacts.common.point[row])) &&
           visit(v1::CONSTRAINT_DATES,
                 EventConstraint(Event(at), wish().evaluation_seconds)) &&
           visit(v1::CONSTRAINT_TYPE,
                 ContactTypeConstraint(asked.types,
                                       contacts.contact_type[row])) &&
           visit(
               v1::CONSTRAINT_ACCESSIBILITY,
               StepFreeConstraint(asked.step_free, contacts.step_free[row])) &&
           visit(v1::CONSTRAINT_AGES,
                 AgesConstraint(
                     contacts.contact_type[row], contacts.youngest[row],
                     contacts.oldest[row], asked.childcare_birth_years,
                     asked.school_birth_years, wish().evaluation_year));
  }
  template <typename Visit>
  bool VisitSeeker(const Row& /*at*/, size_t /*seeker*/,
                   Visit /*visit*/) const {
    return true;
  }

  // See JobQuery.
  bool PassesRelaxed(const RelaxedLimit& limit, const Row& at,
                     size_t seeker) const;

  Values Features(const Row& at, size_t seeker) const;
  // One of them, by its index in kFeatures.
  FeatureValue Feature(size_t index, const Row& at, size_t seeker) const;

  static EventTime Event(const Row& at) {
    return {at.columns.start[at.row], at.columns.last[at.row],
            at.columns.recurs[at.row] != 0};
  }

 private:
  FeatureValue People(const Row& at) const;

  const ShelfView<ContactColumns>& view_;
  SharedQuery shared_;
  std::vector<NamedTerm> interests_;
  std::vector<NamedTerm> hooks_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONTACT_QUERY_H_
