// heimweg generate.
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/json.h"
#include "clients/cli/program.h"
#include "clients/generator/generator.h"
#include "services/places/gazetteer.h"

namespace heimweg::cli {
namespace {

struct GenerateOptions {
  uint64_t seed = 1;
  int64_t count = 0;
  std::string kind;
  std::string network = "generated";
  std::string gazetteer;
  std::string out = "-";
};

// How many of one kind go to one file.
struct Part {
  std::string kind;
  int64_t count;
};

std::vector<Part> Parts(const GenerateOptions& options) {
  if (options.kind != "all") return {{options.kind, options.count}};
  const generator::OfferCounts counts = generator::SplitOffers(options.count);
  return {{"jobs", counts.jobs},
          {"homes", counts.homes},
          {"contacts", counts.contacts}};
}

absl::Status Write(const generator::Generator& generator, const Part& part,
                   std::ostream& out) {
  for (int64_t i = 0; i < part.count && out; ++i) {
    if (part.kind == "jobs") {
      out << ToJson(generator.MakeJob(i));
    } else if (part.kind == "homes") {
      out << ToJson(generator.MakeHome(i));
    } else if (part.kind == "contacts") {
      out << ToJson(generator.MakeContact(i));
    } else {
      out << ToJson(generator.MakeProfile(i));
    }
    out << "\n";
  }
  if (!out.flush()) return absl::UnknownError("the output cannot be written");
  return absl::OkStatus();
}

absl::Status WriteFile(const generator::Generator& generator, const Part& part,
                       const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::filesystem::path path = folder / absl::StrCat(part.kind, ".jsonl");
  std::ofstream file(path, std::ios::binary);
  if (!file) {
    return absl::UnknownError(absl::StrCat("cannot write ", path.string()));
  }
  return Write(generator, part, file);
}

absl::StatusOr<ExitCode> Generate(const GenerateOptions& options,
                                  Session& session) {
  std::optional<places::Gazetteer> gazetteer;
  if (!options.gazetteer.empty()) {
    auto loaded = places::Gazetteer::Load(options.gazetteer);
    if (!loaded.ok()) return loaded.status();
    gazetteer = *std::move(loaded);
  }
  if (options.kind == "all" && options.out == "-") {
    return absl::InvalidArgumentError(
        "--kind all needs a folder, --out FOLDER: a file holds one kind");
  }
  generator::GeneratorOptions generator_options;
  generator_options.network = options.network;
  const generator::Generator generator(
      gazetteer.has_value() ? &*gazetteer : nullptr, options.seed,
      generator_options);
  for (const Part& part : Parts(options)) {
    const absl::Status status =
        options.out == "-" ? Write(generator, part, session.console().out)
                           : WriteFile(generator, part, options.out);
    if (!status.ok()) return status;
  }
  return ExitCode::kOk;
}

void AddSizes(CLI::App& command, GenerateOptions& options) {
  command
      .add_option("--seed", options.seed,
                  "The same seed gives the same bytes, on every machine")
      ->type_name("S")
      ->capture_default_str();
  command.add_option("--count", options.count, "How many")
      ->type_name("N")
      ->check(
          CLI::Range(int64_t{0}, int64_t{1'000'000'000'000}).description(""))
      ->required();
  AllowOnly(command
                .add_option("--kind,-k", options.kind,
                            "What; all: N offers, 60 % jobs, 25 % homes")
                ->required(),
            {"jobs", "homes", "contacts", "profiles", "all"});
}

}  // namespace

void AddGenerateCommand(CLI::App& root, Program& program) {
  CLI::App* command = AddCommand(
      root, "generate",
      "Make any number of plausible offers or households for benches and "
      "trials, as JSON lines that import takes",
      {"generate --seed 7 --count 1000 --kind jobs",
       "generate --count 100000 --kind all --out var/load"});
  auto options = std::make_shared<GenerateOptions>();
  AddSizes(*command, *options);
  command
      ->add_option("--network,-n", options->network,
                   "Id of the network in the names")
      ->type_name("NETWORK")
      ->capture_default_str();
  command
      ->add_option("--gazetteer", options->gazetteer,
                   "Spread them over the places of this gazetteer [a few dozen "
                   "towns]")
      ->type_name("FILE");
  command
      ->add_option("--out,-o", options->out,
                   "Folder for KIND.jsonl; - is standard output")
      ->type_name("FOLDER")
      ->capture_default_str();
  SetAction(*command, program, [options](Session& session) {
    return Generate(*options, session);
  });
}

}  // namespace heimweg::cli
