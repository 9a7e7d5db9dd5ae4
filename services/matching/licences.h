// Driving licence classes as a set of bits.
#ifndef HEIMWEG_SERVICES_MATCHING_LICENCES_H_
#define HEIMWEG_SERVICES_MATCHING_LICENCES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::matching {

// The bit of a class of heimweg.jobs.v1.Job.driving_licences; 0 for any other
// text ("NONE", too).
uint16_t LicenceBit(absl::string_view licence);

// What somebody may drive who holds `held`: the classes, and those that each of
// them includes or is built on (Fahrerlaubnis-Verordnung, sections 6(3) and 9).
uint16_t WithIncluded(uint16_t held);

// "AM, B, BE"; empty for none.
std::string LicenceText(uint16_t licences);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_LICENCES_H_
