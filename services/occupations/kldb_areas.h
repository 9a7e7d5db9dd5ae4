// The rows of kldb.h, in files of a readable size.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_KLDB_AREAS_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_KLDB_AREAS_H_

#include "absl/types/span.h"
#include "services/occupations/kldb.h"

namespace heimweg::occupations {

absl::Span<const KldbEntry> KldbAreas0To2();
absl::Span<const KldbEntry> KldbAreas3To6();
absl::Span<const KldbEntry> KldbAreas7To9();

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_KLDB_AREAS_H_
