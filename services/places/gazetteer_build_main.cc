// heimweg_gazetteer --from DIR --out FILE: makes the gazetteer's file from the
// tables that deploy/places/dump.mjs writes. Exit code 0 when the file is
// there, 1 when it could not be made (an older one stays), 2 for wrong usage.

#include <cstdio>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/places/gazetteer.h"
#include "services/places/gazetteer_builder.h"
#include "services/places/raw_tables.h"

namespace heimweg::places {
namespace {

constexpr char kUsage[] =
    "Usage: heimweg_gazetteer --from DIR --out FILE\n"
    "Makes the gazetteer that heimwegd loads.\n"
    "  --from DIR   the tables that `node dump.mjs DIR` wrote: cities.tsv,\n"
    "               postcodes.tsv, stations.tsv, districts.tsv\n"
    "  --out FILE   the file to write; an older one is replaced in one step\n";

absl::Status Run(const std::string& from, const std::string& out) {
  absl::StatusOr<RawTables> raw = ReadRawTables(from);
  if (!raw.ok()) return raw.status();
  absl::StatusOr<Gazetteer> gazetteer = BuildGazetteer(*std::move(raw));
  if (!gazetteer.ok()) return gazetteer.status();
  if (absl::Status status = gazetteer->Write(out); !status.ok()) return status;
  std::printf("%s: %zu municipalities, %zu postcodes, %zu districts\n",
              out.c_str(), gazetteer->municipalities().size(),
              gazetteer->postal_codes().size(), gazetteer->districts().size());
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  std::string from;
  std::string out;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--help") {
      std::fputs(kUsage, stdout);
      return 0;
    }
    if ((flag != "--from" && flag != "--out") || i + 1 == argc) {
      std::fputs(kUsage, stderr);
      return 2;
    }
    (flag == "--from" ? from : out) = argv[++i];
  }
  if (from.empty() || out.empty()) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  if (const absl::Status status = Run(from, out); !status.ok()) {
    std::fprintf(stderr, "heimweg_gazetteer: %s\n",
                 std::string(status.message()).c_str());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace heimweg::places

int main(int argc, char** argv) { return heimweg::places::Main(argc, argv); }
