// ESCO's files: what is read can be resolved against. Input: a CSV file, read
// as occupations, as skills and as relations.
#include <string>

#include "services/occupations/esco.h"
#include "services/occupations/title_resolver.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace heimweg;  // NOLINT(google-build-using-namespace)
  const std::string text(reinterpret_cast<const char*>(data), size);
  constexpr char kOne[] =
      "conceptUri,iscoGroup,preferredLabel,altLabels,description\n"
      "http://data.europa.eu/esco/occupation/1,5120,Koch,,\n";
  for (const char* name : {"skills_de.csv", "ISCOGroups_de.csv",
                           "occupationSkillRelations_de.csv"}) {
    const auto esco =
        occupations::ReadEsco({{"occupations_de.csv", kOne}, {name, text}});
    fuzz::Require(esco.ok() || !esco.status().message().empty(),
                  "a refusal says why");
  }
  auto esco = occupations::ReadEsco({{"occupations_de.csv", text}});
  if (!esco.ok() || esco->occupations.size() > 50) return 0;
  const occupations::TitleResolver resolver(std::move(esco->occupations));
  double all = 0;
  for (const auto& match : resolver.Resolve(text, 10).matches) {
    all += match.probability;
  }
  fuzz::Require(all >= 0 && all < 1.001, "probabilities add up to 1 at most");
  return 0;
}
