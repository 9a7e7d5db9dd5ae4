// JobAssignment: which adult takes which job, if no two may take the same.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_ASSIGNMENT_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_ASSIGNMENT_H_

#include <functional>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/matching/part_search.h"

namespace heimweg::matching {

// For each adult the offers to choose from, the best first: all that there are
// or as many as there are adults, which is enough, since one of these is always
// free.
using JobChoices = std::vector<std::vector<Pick>>;

// The picks by adult (-1: none): as few without a job as possible, then the
// greatest `score_of`, then the better scores in the order of adults, then the
// names. `score_of` never falls when a score rises. For up to about four
// adults: it tries every choice.
std::vector<int> AssignJobs(
    const JobChoices& choices,
    const std::function<int32_t(const std::vector<int32_t>&)>& score_of,
    const std::function<absl::string_view(const Candidate&)>& name_of);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_ASSIGNMENT_H_
