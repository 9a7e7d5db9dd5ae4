// csv_bench: rows a second of `heimweg import csv` into a whole heimwegd, from
// the start of the program to its end: files of generated jobs of eight
// columns, one after the other into one store, which is empty at first.
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/places/gazetteer.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"
#include "tests/support/temp_dir.h"

namespace heimweg::bench {
namespace {

constexpr char kMapping[] = R"({"delimiter": ";", "source": "csv:bench",
"columns": {"external_id": "Nr", "title": "Titel",
"employer.display_name": "Firma", "place.postal_code": "PLZ",
"place.municipality": "Ort", "weekly_hours.minimum": "Stunden",
"occupations.kldb_code": "KldB", "description": "Text",
"state": {"constant": "OFFER_STATE_PUBLISHED"}}})";

constexpr char kSimpleMapping[] =
    R"({"delimiter": ";", "source": "csv:bench",
"columns": {"external_id": "Nr", "title": "Titel",
"employer.display_name": "Firma", "place.postal_code": "PLZ",
"description": "Text", "state": {"constant": "OFFER_STATE_PUBLISHED"}}})";

struct CsvFlags {
  bool simple = false;
  int64_t rows = 100'000;
  int files = 2;
  std::string gazetteer;
};

std::string Quoted(const std::string& text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

// The jobs [from, to) as a table. Places are spread over all postcodes: what
// the generator says of them is more than simple rows have.
void WriteCsv(const generator::Generator& generator,
              const places::Gazetteer& gazetteer, int64_t from, int64_t to,
              const std::string& path) {
  constexpr size_t kStep = 7'919;  // a prime: no two rows in turn are near
  std::ofstream file(path, std::ios::binary);
  file << "Nr;Titel;Firma;PLZ;Ort;Stunden;KldB;Text\n";
  for (int64_t i = from; i < to; ++i) {
    const jobs::v1::Job job = generator.MakeJob(i);
    const places::PostalCode& place =
        gazetteer.postal_codes()[static_cast<size_t>(i) * kStep %
                                 gazetteer.postal_codes().size()];
    const double hours = job.weekly_hours().minimum();
    file << i << ';' << Quoted(job.title()) << ';'
         << Quoted(job.employer().display_name()) << ';' << place.code << ';'
         << Quoted(place.places.front().name) << ';'
         << (hours > 0 ? absl::StrCat(hours) : "") << ';'
         << job.occupations(0).kldb_code() << ';' << Quoted(job.description())
         << '\n';
  }
  if (!file.flush()) Fail(absl::StrCat("cannot write ", path));
}

// How many processes ran or waited in the last minute, on average.
double LoadAverage() {
  double load = 0;
  if (getloadavg(&load, 1) != 1) Fail("the system tells no load");
  return load;
}

struct Run {
  absl::Duration took;
  absl::Duration cpu;  // of the client
};

// Runs heimweg and fails unless it ends well.
Run RunHeimweg(std::vector<std::string> words) {
  words.insert(words.begin(), HEIMWEG_PROGRAM);
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  // Its table is no part of the report.
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
  const absl::Time start = absl::Now();
  pid_t pid = -1;
  if (posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ) !=
      0) {
    Fail(absl::StrCat("cannot start ", argv[0]));
  }
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  rusage used = {};
  if (wait4(pid, &status, 0, &used) != pid || status != 0) {
    Fail(absl::StrCat(absl::StrJoin(words, " "), " failed"));
  }
  return {absl::Now() - start, absl::DurationFromTimeval(used.ru_utime) +
                                   absl::DurationFromTimeval(used.ru_stime)};
}

int Main(int argc, char** argv) {
  CsvFlags flags;
  CLI::App app("Measures heimweg import csv.");
  app.add_option("--rows", flags.rows, "Rows of a file")
      ->check(CLI::Range(int64_t{1'000}, int64_t{10'000'000}));
  app.add_option("--files", flags.files, "Files, one after the other")
      ->check(CLI::Range(1, 100));
  app.add_flag("--simple", flags.simple,
               "Takes five of the eight columns: number, title, employer, "
               "postcode, text");
  app.add_option("--gazetteer", flags.gazetteer, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  const auto generator = MakeGenerator(flags.gazetteer, absl::Now());
  const auto gazetteer = places::Gazetteer::Load(flags.gazetteer);
  FailUnless(gazetteer.status(), "the gazetteer");
  const testing::TempDir folder;
  const std::string mapping = absl::StrCat(folder.path(), "/mapping.json");
  std::ofstream(mapping) << (flags.simple ? kSimpleMapping : kMapping);
  const ServerProcess heimwegd(
      HeimwegdCommand(flags.gazetteer, absl::StrCat(folder.path(), "/data")));
  const auto channel = heimwegd.Connect();
  WaitUntilReady(channel);
  Table table(absl::StrCat("heimweg import csv: ", flags.rows,
                           flags.simple ? " simple" : "",
                           " rows a file, load of the machine before ",
                           Shown(LoadAverage())),
              {"stored before", "rows/s", "server CPU us/row",
               "client CPU us/row", "matching behind afterwards"});
  const auto rows = static_cast<double>(flags.rows);
  for (int i = 0; i < flags.files; ++i) {
    const std::string path = absl::StrCat(folder.path(), "/rows.csv");
    WriteCsv(*generator, *gazetteer, flags.rows * i, flags.rows * (i + 1),
             path);
    const absl::Duration before = heimwegd.Cpu();
    const Run run = RunHeimweg({"--server", heimwegd.address(), "import", "csv",
                                "--network=bench", "--kind=jobs", "--mapping",
                                mapping, path});
    const absl::Time end = absl::Now();
    WaitUntilOffers(channel, flags.rows * (i + 1));
    table.Row(
        {absl::StrCat(flags.rows * i),
         Shown(rows / absl::ToDoubleSeconds(run.took)),
         Shown(absl::ToDoubleMicroseconds(heimwegd.Cpu() - before) / rows),
         Shown(absl::ToDoubleMicroseconds(run.cpu) / rows),
         absl::StrCat(Shown(absl::ToDoubleSeconds(absl::Now() - end)), " s")});
  }
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
