// heimweg evaluate titles.
#include <ctime>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/program.h"
#include "clients/cli/table.h"
#include "clients/cli/title_scores.h"
#include "clients/cli/title_set.h"
#include "services/occupations/named_files.h"
#include "services/occupations/title_resolver.h"
#include "services/occupations/weight_learner.h"

namespace heimweg::cli {
namespace {

struct EvaluateOptions {
  std::string esco;
  TitleSetFiles files;
  std::string run;
  bool learn = false;
};

using Titles = std::vector<const RankedTitle*>;

// Of this process, in seconds: other processes do not disturb it.
double CpuSeconds() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Evaluation {
  std::vector<RankedTitle> titles;
  double cpu_us_per_title = 0;
};

Evaluation Evaluate(const TitleSet& set,
                    const occupations::TitleResolver& resolver) {
  constexpr size_t kConcepts = 100;
  std::vector<occupations::TitleResolution> resolutions;
  resolutions.reserve(set.queries.size());
  const double begin = CpuSeconds();
  for (const JudgedQuery& query : set.queries) {
    resolutions.push_back(resolver.Resolve(query.title, kConcepts));
  }
  Evaluation evaluation;
  evaluation.cpu_us_per_title =
      (CpuSeconds() - begin) * 1e6 / static_cast<double>(set.queries.size());
  for (size_t i = 0; i < resolutions.size(); ++i) {
    evaluation.titles.push_back(
        RankTitle(set.queries[i], set, resolver, resolutions[i]));
  }
  return evaluation;
}

Titles Half(const Evaluation& evaluation, int half) {
  Titles titles;
  for (const RankedTitle& title : evaluation.titles) {
    if (half < 0 || HalfOf(title.query->id) == half) titles.push_back(&title);
  }
  return titles;
}

std::string Figure(double value) { return absl::StrFormat("%.3f", value); }

void AddScores(const std::string& name, const Titles& titles, ScoredOrder order,
               Table& table) {
  const RankScores scores = ScoreTitles(titles, order);
  table.AddRow({name, absl::StrCat(titles.size()), Figure(scores.success_at_1),
                Figure(scores.success_at_5), Figure(scores.success_at_10),
                Figure(scores.mrr), Figure(scores.map)});
}

Table ScoreTable(const std::string& first) {
  Table table;
  table.AddColumn(first);
  for (const char* name : {"titles", "@1", "@5", "@10", "MRR", "MAP"}) {
    table.AddColumn(name, Table::Align::kRight);
  }
  return table;
}

void PrintScores(const Evaluation& evaluation, Session& session) {
  std::ostream& out = session.console().out;
  const std::pair<std::string, int> halves[] = {
      {"tuning half", 0}, {"report half", 1}, {"all", -1}};
  const std::pair<std::string, ScoredOrder> orders[] = {
      {"Over concepts (occupations)", ScoredOrder::kConcepts},
      {"Over labels, the best label of each concept first (the run's order)",
       ScoredOrder::kLabels},
      {"Over labels, all labels of the best concept first",
       ScoredOrder::kGroupedLabels}};
  for (const auto& [title, order] : orders) {
    out << title << "\n";
    Table table = ScoreTable("");
    for (const auto& [name, half] : halves) {
      AddScores(name, Half(evaluation, half), order, table);
    }
    table.Print(out, 0);
    out << "\n";
  }
  out << "Halves: bit 32 of the 64-bit FNV-1a hash of the query's id; 0 is the "
         "tuning half,\non which the weights were learned.\n\n"
         "Published success@1 (all titles of deu_q_de_c_de):\n"
         "  BM25 .321   word TF-IDF .456   character TF-IDF .502\n"
         "  multilingual E5 .555   OpenAI embeddings .610\n\n";
}

void PrintConfidence(const Evaluation& evaluation, Session& session) {
  std::ostream& out = session.console().out;
  out << "Confidence: titles whose first occupation has at least this "
         "probability\n";
  Table table;
  for (const char* name : {"probability", "answered, tuning", "right",
                           "answered, report", "right"}) {
    table.AddColumn(name, Table::Align::kRight);
  }
  const auto tuning = ConfidenceCurve(Half(evaluation, 0));
  const auto report = ConfidenceCurve(Half(evaluation, 1));
  for (size_t i = 0; i < tuning.size(); ++i) {
    table.AddRow({absl::StrFormat("%.1f", tuning[i].least),
                  Figure(tuning[i].share), Figure(tuning[i].precision),
                  Figure(report[i].share), Figure(report[i].precision)});
  }
  table.Print(out, 0);
  out << absl::StrFormat("Below %.1f the resolver says that it is unsure.\n\n",
                         occupations::kSureProbability);
}

absl::Status WriteRun(const Evaluation& evaluation, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  for (const RankedTitle& title : evaluation.titles) {
    for (size_t i = 0; i < title.labels.size(); ++i) {
      file << title.query->id << " Q0 " << title.labels[i] << " " << i + 1
           << " " << title.labels.size() - i << " heimweg\n";
    }
  }
  if (!file.flush()) {
    return absl::UnknownError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

// The weights of the tuning half, as resolver_weights.cc holds them.
void PrintLearned(const TitleSet& set,
                  const occupations::TitleResolver& resolver,
                  std::ostream& out) {
  constexpr float kPenalty = 5;
  std::vector<occupations::JudgedTitle> judged;
  for (const JudgedQuery& query : set.queries) {
    if (HalfOf(query.id) != 0) continue;
    occupations::JudgedTitle title;
    for (const auto& candidate :
         resolver.Candidates(occupations::ReadTitle(query.title))) {
      title.candidates.push_back(candidate.features);
      title.right.push_back(query.right_concepts.contains(
          resolver.occupations()[candidate.occupation].uri));
    }
    judged.push_back(std::move(title));
  }
  for (const float weight : occupations::LearnWeights(judged, kPenalty)) {
    out << absl::StrFormat("%.3fF,\n", weight);
  }
}

absl::StatusOr<ExitCode> EvaluateTitles(const EvaluateOptions& options,
                                        Session& session) {
  const auto set = ReadTitleSet(options.files);
  if (!set.ok()) return set.status();
  const auto files = occupations::ReadNamedFiles(options.esco);
  if (!files.ok()) return files.status();
  const auto esco = occupations::ReadEsco(*files);
  if (!esco.ok()) return esco.status();
  std::ostream& out = session.console().out;
  size_t unknown = 0;
  const double begin = CpuSeconds();
  const occupations::TitleResolver resolver(
      OccupationsOf(*set, *esco, unknown));
  const double build = CpuSeconds() - begin;
  if (options.learn) {
    PrintLearned(*set, resolver, out);
    return ExitCode::kOk;
  }
  for (const std::string& note : set->notes) out << "Note: " << note << "\n";
  if (unknown > 0) {
    out << "Note: " << unknown
        << " concepts are not in ESCO's files: known by their labels alone\n";
  }
  const Evaluation evaluation = Evaluate(*set, resolver);
  PrintScores(evaluation, session);
  PrintConfidence(evaluation, session);
  out << absl::StrFormat(
      "CPU: %.0f us a title, one thread; index of %d occupations: %.1f MB, "
      "built in %.1f s\n",
      evaluation.cpu_us_per_title,
      static_cast<int>(resolver.occupations().size()),
      static_cast<double>(resolver.index_bytes()) / 1e6, build);
  if (options.run.empty()) return ExitCode::kOk;
  if (auto status = WriteRun(evaluation, options.run); !status.ok()) {
    return status;
  }
  return ExitCode::kOk;
}

void AddFiles(CLI::App& command, EvaluateOptions& options) {
  const auto file = [&command](const char* flag, std::string& value,
                               const char* text) {
    command.add_option(flag, value, text)->type_name("FILE")->required();
  };
  command
      .add_option("--esco", options.esco,
                  "ESCO's CSV download: the folder or the ZIP")
      ->type_name("PATH")
      ->required();
  file("--queries", options.files.queries, "Titles: id<TAB>title");
  file("--labels", options.files.labels, "Labels: id<TAB>label");
  file("--concepts", options.files.concepts,
       "Concepts: label id<TAB>concept's URI");
  file("--judgements", options.files.judgements,
       "Right labels as TREC qrels: query 0 label relevance");
  command
      .add_option(
          "--run", options.run,
          "Write a TREC run: at most 100 labels a title, the best label "
          "of each concept first")
      ->type_name("FILE");
  command.add_flag("--learn", options.learn,
                   "Print the weights that the tuning half gives, instead");
}

}  // namespace

void AddEvaluateCommand(CLI::App& root, Program& program) {
  CLI::App* evaluate =
      AddCommand(root, "evaluate", "Measure quality on judged data",
                 {"evaluate titles --esco esco/ --queries queries.tsv --labels "
                  "corpus_elements.tsv --concepts concept_mapping.tsv "
                  "--judgements annotations.tsv"});
  evaluate->require_subcommand(1);
  AddEvaluatePlacesCommand(*evaluate, program);
  CLI::App* titles = AddCommand(
      *evaluate, "titles",
      "How well job titles are resolved to ESCO occupations, on a set in the "
      "files of the MELO benchmark",
      {"evaluate titles --esco esco/ --queries queries.tsv --labels "
       "corpus_elements.tsv --concepts concept_mapping.tsv --judgements "
       "annotations.tsv --run titles.run"});
  auto options = std::make_shared<EvaluateOptions>();
  AddFiles(*titles, *options);
  SetAction(*titles, program, [options](Session& session) {
    return EvaluateTitles(*options, session);
  });
}

}  // namespace heimweg::cli
