#include "clients/cli/occupations_command.h"

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/program.h"
#include "clients/cli/table.h"
#include "nlohmann/json.hpp"
#include "services/occupations/kldb.h"
#include "services/occupations/named_files.h"
#include "services/occupations/skill_finder.h"
#include "services/occupations/title_resolver.h"
#include "services/occupations/title_suggester.h"

namespace heimweg::cli {
namespace {

using Json = nlohmann::ordered_json;

struct OccupationsOptions {
  std::vector<std::string> words;
  std::string esco;
  int limit = 5;
};

// A line; bytes that are no UTF-8 are replaced.
void Print(const Json& json, std::ostream& out) {
  out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
}

absl::StatusOr<occupations::Esco> ReadEscoAt(const std::string& path) {
  const auto files = occupations::ReadNamedFiles(path);
  if (!files.ok()) return files.status();
  return occupations::ReadEsco(*files);
}

// ESCO's occupations if it is given, else the groups of KldB.
absl::StatusOr<std::vector<occupations::EscoOccupation>> Known(
    const OccupationsOptions& options) {
  if (options.esco.empty()) return occupations::KldbOccupations();
  auto esco = ReadEscoAt(options.esco);
  if (!esco.ok()) return esco.status();
  return std::move(esco->occupations);
}

std::string MatchReasonText(occupations::MatchReason reason, bool german) {
  switch (reason) {
    case occupations::MatchReason::kSameTitle:
      return german ? "heißt so" : "same title";
    case occupations::MatchReason::kSameParts:
      return german ? "gleiche Wortteile" : "same parts of words";
    case occupations::MatchReason::kSimilar:
      return german ? "ähnlich" : "similar";
    case occupations::MatchReason::kDescription:
      return german ? "ähnliche Beschreibung" : "similar description";
  }
  return "";
}

absl::StatusOr<ExitCode> Resolve(const OccupationsOptions& options,
                                 Session& session) {
  auto known = Known(options);
  if (!known.ok()) return known.status();
  const occupations::TitleResolver resolver(*std::move(known));
  const auto found = resolver.Resolve(absl::StrJoin(options.words, " "),
                                      static_cast<size_t>(options.limit));
  std::ostream& out = session.console().out;
  const bool german = session.language() == Language::kGerman;
  Table table;
  table.AddColumn(german ? "Wahrscheinlich" : "Probability",
                  Table::Align::kRight);
  table.AddColumn(german ? "Beruf" : "Occupation");
  table.AddColumn(german ? "Warum" : "Why");
  table.AddColumn(options.esco.empty() ? "KldB" : "URI");
  for (const occupations::TitleMatch& match : found.matches) {
    const auto& one = resolver.occupations()[match.occupation];
    const std::string& label = resolver.LabelOf(match);
    if (session.json()) {
      Print({{"id", one.uri},
             {"label", one.preferred_label},
             {"matchedLabel", label},
             {"probability", match.probability},
             {"reason", MatchReasonText(match.reason, false)},
             {"sure", found.sure}},
            out);
    }
    table.AddRow(
        {absl::StrFormat("%.2f", match.probability), one.preferred_label,
         absl::StrCat(MatchReasonText(match.reason, german), ": ", label),
         one.uri});
  }
  if (session.json()) return ExitCode::kOk;
  table.Print(out, 0);
  if (!found.sure) {
    out << (german ? "Nicht sicher: Welcher Beruf ist gemeint?\n"
                   : "Not sure: which of these is meant?\n");
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Suggest(const OccupationsOptions& options,
                                 Session& session) {
  const auto known = Known(options);
  if (!known.ok()) return known.status();
  const occupations::TitleSuggester suggester(*known);
  for (const occupations::TitleSuggestion& suggestion :
       suggester.Suggest(absl::StrJoin(options.words, " "),
                         static_cast<size_t>(options.limit))) {
    const occupations::EscoOccupation& one = (*known)[suggestion.occupation];
    const std::string& label = suggestion.label == 0
                                   ? one.preferred_label
                                   : one.other_labels[suggestion.label - 1];
    std::ostream& out = session.console().out;
    if (session.json()) {
      Print({{"id", one.uri},
             {"label", one.preferred_label},
             {"matchedLabel", label}},
            out);
    } else {
      out << label << "  (" << one.preferred_label << ", " << one.uri << ")\n";
    }
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> Skills(const OccupationsOptions& options,
                                Session& session) {
  const auto esco = ReadEscoAt(options.esco);
  if (!esco.ok()) return esco.status();
  const occupations::SkillFinder finder(esco->skills);
  for (const occupations::FoundSkill& found :
       finder.Find(absl::StrJoin(options.words, " "),
                   static_cast<size_t>(options.limit))) {
    const occupations::EscoSkill& skill = esco->skills[found.skill];
    std::ostream& out = session.console().out;
    if (session.json()) {
      Print({{"id", skill.uri},
             {"label", skill.preferred_label},
             {"covered", found.covered}},
            out);
    } else {
      out << absl::StrFormat("%.2f  %s  %s\n", found.covered,
                             skill.preferred_label, skill.uri);
    }
  }
  return ExitCode::kOk;
}

using Run = absl::StatusOr<ExitCode> (*)(const OccupationsOptions&, Session&);

CLI::Option* AddOne(CLI::App& parent, Program& program, const std::string& name,
                    const std::string& description, const std::string& example,
                    Run run) {
  CLI::App* command = AddCommand(parent, name, description, {example});
  auto options = std::make_shared<OccupationsOptions>();
  command->add_option("words", options->words, "The text")
      ->type_name("TEXT")
      ->required();
  command->add_option("--limit", options->limit, "How many at most")
      ->type_name("N")
      ->check(CLI::Range(1, 100).description(""))
      ->capture_default_str();
  SetAction(*command, program, [options, run](Session& session) {
    return run(*options, session);
  });
  return command
      ->add_option("--esco", options->esco,
                   "ESCO's CSV download, the folder or the ZIP [the groups of "
                   "KldB 2010]")
      ->type_name("PATH");
}

}  // namespace

void AddOccupationsCommands(CLI::App& root, Program& program) {
  CLI::App* group = AddCommand(
      root, "occupations", "What a job title or a text means, without a server",
      {"occupations resolve \"Kfz-Mechatronikerin Teilzeit\""});
  group->require_subcommand(1);
  AddOne(*group, program, "resolve",
         "The occupations that a German job title may mean, likeliest first",
         "occupations resolve \"Zimmerer/in (m/w/d)\" --esco esco/", &Resolve);
  AddOne(*group, program, "suggest",
         "Names of occupations that begin as what was typed",
         "occupations suggest back --limit 10", &Suggest);
  AddOne(*group, program, "skills", "Skills of ESCO that a text speaks of",
         "occupations skills \"Holz sägen, Englisch\" --esco esco/", &Skills)
      ->required();
}

}  // namespace heimweg::cli
