#include "services/assignment/lottery.h"

#include <openssl/evp.h>

#include <algorithm>
#include <tuple>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace heimweg::assignment {

std::string Sha256Hex(absl::string_view text) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(),
             reinterpret_cast<unsigned char*>(digest.data()), &size,
             EVP_sha256(), nullptr);
  digest.resize(size);
  return absl::BytesToHexString(digest);
}

absl::StatusOr<std::vector<Draw>> HoldLottery(const NamedFlowProblem& named,
                                              absl::string_view seed) {
  if (seed.empty() || seed.find('\n') != absl::string_view::npos) {
    return absl::InvalidArgumentError(
        "seed: expected a text of one line that is not empty");
  }
  std::vector<Draw> draws;
  for (size_t i = 0; i < named.people.size(); ++i) {
    draws.push_back({static_cast<int32_t>(i),
                     Sha256Hex(absl::StrCat(seed, "\n", named.people[i])), -1});
  }
  std::sort(draws.begin(), draws.end(), [&named](const Draw& a, const Draw& b) {
    return std::tie(a.ticket, named.people[a.person]) <
           std::tie(b.ticket, named.people[b.person]);
  });
  const FlowProblem& problem = named.problem;
  std::vector<int32_t> left = problem.capacities;
  for (Draw& draw : draws) {
    for (int64_t i = problem.first[draw.person];
         i < problem.first[draw.person + 1]; ++i) {
      const int32_t offer = problem.edges[i].offer;
      if (left[offer] == 0) continue;
      --left[offer];
      draw.offer = offer;
      break;
    }
  }
  return draws;
}

}  // namespace heimweg::assignment
