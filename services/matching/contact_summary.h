// ContactSummary: what the published contacts of a group can be at most.
#ifndef HEIMWEG_SERVICES_MATCHING_CONTACT_SUMMARY_H_
#define HEIMWEG_SERVICES_MATCHING_CONTACT_SUMMARY_H_

#include <cstdint>

#include "absl/types/span.h"
#include "services/matching/block_tree.h"
#include "services/matching/common_summary.h"
#include "services/matching/contact_columns.h"

namespace heimweg::matching {

struct ContactSummary {
  using Siblings = SiblingSpheres;

  ContactSummary(const ContactColumns& columns,
                 absl::Span<const uint32_t> rows);
  explicit ContactSummary(absl::Span<const ContactSummary> below);

  CommonSummary common;
  RoughSet types;
  RoughSet topics;
  RoughSet hooks;
  bool any_terms = false;  // a contact that names topics or hooks
  bool no_terms = false;   // a contact that names neither
  bool no_event = false;   // a contact without a start
  bool recurs = false;     // a recurring event
  bool any_event = false;
  uint32_t first_start = UINT32_MAX;
  uint32_t last_end = 0;

 private:
  void Add(const ContactColumns& columns, uint32_t row);
  void Add(const ContactSummary& other);
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONTACT_SUMMARY_H_
