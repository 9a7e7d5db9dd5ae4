#include "clients/cli/pins.h"

#include <cstdint>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace heimweg::cli {

absl::Status AddPins(
    const std::string& text,
    google::protobuf::RepeatedPtrField<matching::v1::StoreRevision>&
        revisions) {
  if (text.empty()) return absl::OkStatus();
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    const std::vector<std::string> sides = absl::StrSplit(part, '=');
    uint64_t revision = 0;
    if (sides.size() != 2 || !absl::SimpleAtoi(sides[1], &revision)) {
      return absl::InvalidArgumentError(
          "--pin: expected store=revision, separated by commas, e.g. "
          "jobs=12,profiles=7");
    }
    matching::v1::StoreRevision& pinned = *revisions.Add();
    pinned.set_store(sides[0]);
    pinned.set_revision(revision);
  }
  return absl::OkStatus();
}

}  // namespace heimweg::cli
