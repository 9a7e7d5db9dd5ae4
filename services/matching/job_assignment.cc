#include "services/matching/job_assignment.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace heimweg::matching {
namespace {

class Assignment {
 public:
  Assignment(
      const JobChoices& choices,
      const std::function<int32_t(const std::vector<int32_t>&)>& score_of,
      const std::function<absl::string_view(const Candidate&)>& name_of)
      : choices_(choices), score_of_(score_of), name_of_(name_of) {
    chosen_.assign(choices.size(), -1);
  }

  std::vector<int> Best() {
    Choose(0);
    return best_;
  }

 private:
  void Choose(size_t adult) {
    if (adult == choices_.size()) {
      Consider();
      return;
    }
    for (size_t i = 0; i < choices_[adult].size(); ++i) {
      if (IsTaken(adult, choices_[adult][i])) continue;
      chosen_[adult] = static_cast<int>(i);
      Choose(adult + 1);
    }
    chosen_[adult] = -1;
    Choose(adult + 1);
  }

  bool IsTaken(size_t adult, const Pick& pick) const {
    for (size_t other = 0; other < adult; ++other) {
      const Pick* taken = At(chosen_, other);
      if (taken != nullptr &&
          taken->candidate.segment == pick.candidate.segment &&
          taken->candidate.row == pick.candidate.row) {
        return true;
      }
    }
    return false;
  }

  const Pick* At(const std::vector<int>& chosen, size_t adult) const {
    return chosen[adult] < 0
               ? nullptr
               : &choices_[adult][static_cast<size_t>(chosen[adult])];
  }

  void Consider() {
    const auto missing = std::count(chosen_.begin(), chosen_.end(), -1);
    std::vector<int32_t> scores;
    for (size_t adult = 0; adult < chosen_.size(); ++adult) {
      const Pick* pick = At(chosen_, adult);
      scores.push_back(pick == nullptr ? 0 : pick->score);
    }
    const std::pair<int64_t, int32_t> worth(-missing, score_of_(scores));
    if (!best_.empty()) {
      if (worth < worth_) return;
      if (worth == worth_ && !ComesFirst()) return;
    }
    worth_ = worth;
    best_ = chosen_;
  }

  // By scores, then by names.
  bool ComesFirst() const {
    for (size_t adult = 0; adult < chosen_.size(); ++adult) {
      const Pick* a = At(chosen_, adult);
      const Pick* b = At(best_, adult);
      const int32_t score_a = a == nullptr ? -1 : a->score;
      const int32_t score_b = b == nullptr ? -1 : b->score;
      if (score_a != score_b) return score_a > score_b;
    }
    for (size_t adult = 0; adult < chosen_.size(); ++adult) {
      const Pick* a = At(chosen_, adult);
      const Pick* b = At(best_, adult);
      if (a == nullptr || b == nullptr) continue;  // then both are
      const absl::string_view name_a = name_of_(a->candidate);
      const absl::string_view name_b = name_of_(b->candidate);
      if (name_a != name_b) return name_a < name_b;
    }
    return false;
  }

  const JobChoices& choices_;
  const std::function<int32_t(const std::vector<int32_t>&)>& score_of_;
  const std::function<absl::string_view(const Candidate&)>& name_of_;
  std::vector<int> chosen_;
  std::vector<int> best_;
  std::pair<int64_t, int32_t> worth_;
};

}  // namespace

std::vector<int> AssignJobs(
    const JobChoices& choices,
    const std::function<int32_t(const std::vector<int32_t>&)>& score_of,
    const std::function<absl::string_view(const Candidate&)>& name_of) {
  return Assignment(choices, score_of, name_of).Best();
}

}  // namespace heimweg::matching
