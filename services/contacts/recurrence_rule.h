// The shape of recurrence rules (RFC 5545, 3.3.10), as events carry them. Not
// their meaning: nothing here expands them.
#ifndef HEIMWEG_SERVICES_CONTACTS_RECURRENCE_RULE_H_
#define HEIMWEG_SERVICES_CONTACTS_RECURRENCE_RULE_H_

#include "absl/strings/string_view.h"

namespace heimweg::contacts {

// True for NAME=VALUE parts joined by ";", each name one of the standard's and
// there once, FREQ among them with a known value, not both COUNT and UNTIL.
bool IsRecurrenceRule(absl::string_view rule);

}  // namespace heimweg::contacts

#endif  // HEIMWEG_SERVICES_CONTACTS_RECURRENCE_RULE_H_
