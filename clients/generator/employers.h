// Employers and landlords that do not exist, of all sizes.
#ifndef HEIMWEG_CLIENTS_GENERATOR_EMPLOYERS_H_
#define HEIMWEG_CLIENTS_GENERATOR_EMPLOYERS_H_

#include <string>

#include "clients/generator/random.h"
#include "heimweg/jobs/v1/job.pb.h"

namespace heimweg::generator {

// One of 65,520, with all that is known of it; the larger it is, the more often
// (Zipf's law).
jobs::v1::Employer DrawEmployer(Random& random);

// The name of one of them, drawn alike.
std::string DrawEmployerName(Random& random);

// The name of one who lets or sells homes.
std::string DrawLandlordName(Random& random);

}  // namespace heimweg::generator

#endif  // HEIMWEG_CLIENTS_GENERATOR_EMPLOYERS_H_
