// heimweg occupations resolve, suggest, get, list, skills, suggest-skills.
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/ask.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "heimweg/occupations/v1/occupation_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using occupations::v1::OccupationService;

struct OccupationsOptions {
  std::vector<std::string> words;
  std::string classification;
  int top = 5;

  std::string text() const { return absl::StrJoin(words, " "); }
};

occupations::v1::Classification ClassificationOf(const std::string& name) {
  if (name == "kldb") return occupations::v1::CLASSIFICATION_KLDB;
  return name == "esco" ? occupations::v1::CLASSIFICATION_ESCO
                        : occupations::v1::CLASSIFICATION_UNSPECIFIED;
}

std::string MatchReasonText(occupations::v1::MatchReason reason,
                            Language language) {
  switch (reason) {
    case occupations::v1::MATCH_REASON_SAME_TITLE:
      return std::string(In(language, "same title", "heißt so"));
    case occupations::v1::MATCH_REASON_SAME_PARTS:
      return std::string(
          In(language, "same parts of words", "gleiche Wortteile"));
    case occupations::v1::MATCH_REASON_SIMILAR:
      return std::string(In(language, "similar", "ähnlich"));
    case occupations::v1::MATCH_REASON_DESCRIPTION:
      return std::string(
          In(language, "similar description", "ähnliche Beschreibung"));
    default:
      return "";
  }
}

// Where an occupation stands: the codes, else its URI.
std::string OccupationCodeOf(
    const occupations::v1::KnownOccupation& occupation) {
  if (occupation.esco_uri().empty()) return occupation.kldb_code();
  return occupation.kldb_code().empty()
             ? occupation.esco_uri()
             : absl::StrCat(occupation.kldb_code(), "  ",
                            occupation.esco_uri());
}

absl::StatusOr<ExitCode> ResolveTitle(const OccupationsOptions& options,
                                      Session& session) {
  occupations::v1::ResolveTitlesRequest request;
  request.add_titles(options.text());
  request.set_limit(options.top);
  request.set_classification(ClassificationOf(options.classification));
  const auto response = AskReference<OccupationService>(
      session, request, &OccupationService::Stub::ResolveTitles);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  const Language language = session.language();
  Table table;
  table.AddColumn(In(language, "Score", "Wert"), Table::Align::kRight);
  table.AddColumn(In(language, "Occupation", "Beruf"), Table::Align::kLeft,
                  true);
  table.AddColumn(In(language, "Why", "Warum"), Table::Align::kLeft, true);
  table.AddColumn(response->classification() ==
                          occupations::v1::CLASSIFICATION_ESCO
                      ? "KldB, ESCO"
                      : "KldB");
  const occupations::v1::TitleResolution& found = response->resolutions(0);
  for (const occupations::v1::OccupationMatch& match : found.matches()) {
    table.AddRow({absl::StrFormat("%.2f", match.score()),
                  match.occupation().title(),
                  absl::StrCat(MatchReasonText(match.reason(), language), ": ",
                               match.matched_title()),
                  OccupationCodeOf(match.occupation())});
  }
  std::ostream& out = session.console().out;
  if (found.matches().empty()) {
    out << In(language, "No occupation is known by these words.\n",
              "Zu diesen Wörtern ist kein Beruf bekannt.\n");
    return ExitCode::kOk;
  }
  PrintTable(table, session);
  if (!found.sure()) {
    out << In(language, "Not sure: which of these is meant?\n",
              "Nicht sicher: Welcher Beruf ist gemeint?\n");
  }
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> SuggestOccupations(const OccupationsOptions& options,
                                            Session& session) {
  occupations::v1::SuggestOccupationsRequest request;
  request.set_text(options.text());
  request.set_limit(options.top);
  request.set_classification(ClassificationOf(options.classification));
  const auto response = AskReference<OccupationService>(
      session, request, &OccupationService::Stub::SuggestOccupations);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  const Language language = session.language();
  Table table;
  table.AddColumn(In(language, "Title", "Bezeichnung"), Table::Align::kLeft,
                  true);
  table.AddColumn(In(language, "Occupation", "Beruf"), Table::Align::kLeft,
                  true);
  table.AddColumn("KldB, ESCO");
  for (const occupations::v1::OccupationSuggestion& one :
       response->suggestions()) {
    table.AddRow({one.matched_title(), one.occupation().title(),
                  OccupationCodeOf(one.occupation())});
  }
  PrintTable(table, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> GetOccupation(const OccupationsOptions& options,
                                       Session& session) {
  occupations::v1::GetOccupationRequest request;
  const std::string name = options.text();
  request.set_name(absl::StartsWith(name, "occupations/")
                       ? name
                       : absl::StrCat("occupations/", name));
  const auto response = AskReference<OccupationService>(
      session, request, &OccupationService::Stub::GetOccupation);
  if (!response.ok()) return response.status();
  PrintMessage(*response, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> ListOccupations(const OccupationsOptions& options,
                                         Session& session) {
  occupations::v1::ListOccupationsRequest request;
  request.set_kldb_prefix(options.text());
  request.set_page_size(1000);
  const Language language = session.language();
  Table table;
  table.AddColumn("KldB");
  table.AddColumn(In(language, "Occupation", "Beruf"), Table::Align::kLeft,
                  true);
  do {
    const auto response = AskReference<OccupationService>(
        session, request, &OccupationService::Stub::ListOccupations);
    if (!response.ok()) return response.status();
    for (const occupations::v1::KnownOccupation& row :
         response->occupations()) {
      if (session.json()) PrintMessage(row, session);
      table.AddRow({row.kldb_code(), row.title()});
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  if (!session.json()) PrintTable(table, session);
  return ExitCode::kOk;
}

Table SkillTable(Session& session) {
  Table table;
  const Language language = session.language();
  table.AddColumn(In(language, "Covered", "Anteil"), Table::Align::kRight);
  table.AddColumn(In(language, "Skill", "Kompetenz"), Table::Align::kLeft,
                  true);
  table.AddColumn(In(language, "Also called", "Auch"), Table::Align::kLeft,
                  true);
  table.AddColumn("ESCO");
  return table;
}

void AddSkill(const std::string& covered, const occupations::v1::Skill& skill,
              const std::string& matched, Table& table) {
  table.AddRow({covered, skill.title(), matched == skill.title() ? "" : matched,
                skill.esco_uri()});
}

absl::StatusOr<ExitCode> FindSkills(const OccupationsOptions& options,
                                    Session& session) {
  occupations::v1::ResolveSkillsRequest request;
  request.set_text(options.text());
  request.set_limit(options.top);
  const auto response = AskReference<OccupationService>(
      session, request, &OccupationService::Stub::ResolveSkills);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  Table table = SkillTable(session);
  for (const occupations::v1::SkillMatch& one : response->matches()) {
    AddSkill(absl::StrFormat("%.2f", one.score()), one.skill(),
             one.matched_title(), table);
  }
  PrintTable(table, session);
  return ExitCode::kOk;
}

absl::StatusOr<ExitCode> SuggestSkills(const OccupationsOptions& options,
                                       Session& session) {
  occupations::v1::SuggestSkillsRequest request;
  request.set_text(options.text());
  request.set_limit(options.top);
  const auto response = AskReference<OccupationService>(
      session, request, &OccupationService::Stub::SuggestSkills);
  if (!response.ok()) return response.status();
  if (session.json()) {
    PrintMessage(*response, session);
    return ExitCode::kOk;
  }
  Table table = SkillTable(session);
  for (const occupations::v1::SkillSuggestion& one : response->suggestions()) {
    AddSkill("", one.skill(), one.matched_title(), table);
  }
  PrintTable(table, session);
  return ExitCode::kOk;
}

using OccupationsRun = absl::StatusOr<ExitCode> (*)(const OccupationsOptions&,
                                                    Session&);

// A command on words, which need no quotes.
CLI::App* AddOccupationsCommand(
    CLI::App& group, Program& program, const std::string& name,
    const std::string& description, const std::string& example,
    OccupationsRun run, const std::shared_ptr<OccupationsOptions>& options) {
  CLI::App* command = AddCommand(group, name, description, {example});
  SetAction(*command, program, [options, run](Session& session) {
    return run(*options, session);
  });
  return command;
}

CLI::App* AddWordsCommand(CLI::App& group, Program& program,
                          const std::string& name,
                          const std::string& description,
                          const std::string& example, OccupationsRun run,
                          bool classified) {
  auto options = std::make_shared<OccupationsOptions>();
  CLI::App* command = AddOccupationsCommand(group, program, name, description,
                                            example, run, options);
  command->add_option("words", options->words, "The text")
      ->type_name("TEXT")
      ->required();
  command->add_option("--top", options->top, "How many at most, 1 to 100")
      ->type_name("N")
      ->check(CLI::Range(1, 100).description(""))
      ->capture_default_str();
  if (classified) {
    AllowOnly(command->add_option("--classification", options->classification,
                                  "Of which [esco if it was imported]"),
              {"kldb", "esco"});
  }
  return command;
}

}  // namespace

void AddOccupationsCommands(CLI::App& root, Program& program) {
  CLI::App* group = AddCommandGroup(
      root, "occupations",
      "Find the occupations and skills that titles and texts mean");
  AddWordsCommand(*group, program, "resolve",
                  "Tell which occupations a German job title may mean",
                  "occupations resolve \"Zimmerer/in (m/w/d)\"", &ResolveTitle,
                  true);
  AddWordsCommand(
      *group, program, "suggest",
      "SuggestOccupations the occupations that somebody may be typing",
      "occupations suggest back --top 10", &SuggestOccupations, true);
  AddWordsCommand(
      *group, program, "skills", "Find the skills that a text speaks of",
      "occupations skills \"Holz sägen, Englisch\"", &FindSkills, false);
  AddWordsCommand(*group, program, "suggest-skills",
                  "SuggestOccupations the skills that somebody may be typing",
                  "occupations suggest-skills holz", &SuggestSkills, false);
  auto name = std::make_shared<OccupationsOptions>();
  AddOccupationsCommand(*group, program, "get",
                        "Show an occupation with all its titles",
                        "occupations get 33322", &GetOccupation, name)
      ->add_option("id", name->words,
                   "A code of KldB 2010, or the last part of an ESCO URI")
      ->type_name("ID")
      ->expected(1)
      ->required();
  auto code = std::make_shared<OccupationsOptions>();
  AddOccupationsCommand(*group, program, "list",
                        "ListOccupations the codes of KldB 2010",
                        "occupations list 33", &ListOccupations, code)
      ->add_option("code", code->words, "Only what begins with it [all]")
      ->type_name("DIGITS")
      ->expected(1);
}

}  // namespace heimweg::cli
