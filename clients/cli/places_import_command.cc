// heimweg places import, imports, rollback.
#include "clients/cli/data_set_upload.h"
#include "clients/cli/program.h"

namespace heimweg::cli {

void AddPlacesImportCommands(CLI::App& group, Program& program) {
  AddDataSetCommands(
      group, program, "imports",
      {{"geonames",
        "GeoNames' postal code file DE.txt (12 columns, from "
        "download.geonames.org/export/zip): where postcodes and villages are",
        "DE.txt"},
       {"destatis",
        "Destatis' register of municipalities as CSV: municipalities and "
        "districts with their keys and populations",
        "AuszugGV.csv"},
       {"travel-times",
        "CSV with the columns from, to (AGS or postcodes), mode (car, transit, "
        "bicycle, walk), minutes: answers instead of the commute model",
        "times.csv"}});
}

}  // namespace heimweg::cli
