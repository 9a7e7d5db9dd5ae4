#include "services/matching/contact_summary.h"

#include <algorithm>

namespace heimweg::matching {

ContactSummary::ContactSummary(const ContactColumns& columns,
                               absl::Span<const uint32_t> rows) {
  Summarize(columns.common, rows, common,
            [&](uint32_t row) { Add(columns, row); });
}

ContactSummary::ContactSummary(absl::Span<const ContactSummary> below) {
  Summarize(below, common, [&](const ContactSummary& one) { Add(one); });
}

void ContactSummary::Add(const ContactColumns& columns, uint32_t row) {
  types.Add(columns.contact_type[row]);
  for (const uint32_t topic : columns.Topics(row)) topics.Add(topic);
  for (const uint32_t hook : columns.Hooks(row)) hooks.Add(hook);
  const bool terms =
      !columns.Topics(row).empty() || !columns.Hooks(row).empty();
  (terms ? any_terms : no_terms) = true;
  if (columns.start[row] == 0) {
    no_event = true;
    return;
  }
  any_event = true;
  if (columns.recurs[row] != 0) recurs = true;
  first_start = std::min(first_start, columns.start[row]);
  last_end = std::max(last_end, columns.last[row]);
}

void ContactSummary::Add(const ContactSummary& other) {
  types.Add(other.types);
  topics.Add(other.topics);
  hooks.Add(other.hooks);
  any_terms = any_terms || other.any_terms;
  no_terms = no_terms || other.no_terms;
  no_event = no_event || other.no_event;
  recurs = recurs || other.recurs;
  any_event = any_event || other.any_event;
  first_start = std::min(first_start, other.first_start);
  last_end = std::max(last_end, other.last_end);
}

}  // namespace heimweg::matching
