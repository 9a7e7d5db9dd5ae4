// heimweg taxonomies import, list, rollback.
#include "clients/cli/data_set_upload.h"
#include "clients/cli/program.h"

namespace heimweg::cli {

void AddTaxonomiesCommands(CLI::App& root, Program& program) {
  CLI::App* group = AddCommandGroup(
      root, "taxonomies",
      "Import classifications of occupations and skills: KldB, ESCO, and the "
      "crosswalk between them");
  AddDataSetCommands(
      *group, program, "list",
      {{"kldb",
        "Klassifikation der Berufe 2010 as CSV (five levels, from the Federal "
        "Employment Agency): all codes with titles and job titles",
        "kldb2010.csv"},
       {"esco",
        "ESCO's CSV download, the ZIP or the folder (esco.ec.europa.eu): "
        "occupations, skills, and which occupation needs which skills",
        "esco.zip", true,
        "The ZIP as downloaded, its unpacked folder, or several of either, "
        "e.g. one of the classification and one of the relations"},
       {"ba-crosswalk",
        "The employment agency's mapping tables to ESCO as CSV: which of its "
        "job titles (KldB) and competences mean which of ESCO's",
        "BA_to_ESCO_occupations.csv BA_to_ESCO_skills.csv", true,
        "The table of occupations, that of skills, or both"}});
}

}  // namespace heimweg::cli
