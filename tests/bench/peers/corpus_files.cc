// The files of a corpus: lines of fields with tabs between them, lists with
// commas.
//
//   about.tsv    offers
//   codes.tsv    code
//   jobs.tsv     row, latitude, longitude, x, y, z, occupation, other
//                occupation, main group, other main group, hourly cents, fewest
//                minutes, most minutes, requires languages, age in seconds,
//                asked points, asks
//   queries.tsv  row, latitude, longitude, x, y, z, radius in metres, codes,
//                floor in cents, fewest minutes, most minutes, lacks languages,
//                has
#include <fstream>
#include <functional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/bench/peers/corpus.h"

namespace heimweg::bench {
namespace {

using Fields = std::vector<absl::string_view>;

std::string Exactly(double number) { return absl::StrFormat("%.17g", number); }

bool ToNumber(absl::string_view text, double& number) {
  return absl::SimpleAtod(text, &number);
}
template <typename Whole>
bool ToNumber(absl::string_view text, Whole& number) {
  return absl::SimpleAtoi(text, &number);
}

bool ToList(absl::string_view text, std::vector<int32_t>& list) {
  if (text.empty()) return true;
  for (const absl::string_view item : absl::StrSplit(text, ',')) {
    if (!ToNumber(item, list.emplace_back())) return false;
  }
  return true;
}

template <typename Facts>
std::string PlaceText(const Facts& facts) {
  std::string text =
      absl::StrCat(Exactly(facts.latitude), "\t", Exactly(facts.longitude));
  for (const double part : facts.vector) {
    absl::StrAppend(&text, "\t", Exactly(part));
  }
  return text;
}

// Fields 1 to 5.
template <typename Facts>
bool ReadPlace(const Fields& fields, Facts& facts) {
  return ToNumber(fields[1], facts.latitude) &&
         ToNumber(fields[2], facts.longitude) &&
         ToNumber(fields[3], facts.vector[0]) &&
         ToNumber(fields[4], facts.vector[1]) &&
         ToNumber(fields[5], facts.vector[2]);
}

std::string JobLine(size_t row, const JobFacts& job,
                    const std::vector<std::string>& codes) {
  const auto group = [&codes](int32_t occupation) {
    return codes[static_cast<size_t>(occupation)].substr(0, 2);
  };
  return absl::StrCat(row, "\t", PlaceText(job), "\t", job.occupations[0], "\t",
                      job.occupations[1], "\t", group(job.occupations[0]), "\t",
                      group(job.occupations[1]), "\t", job.hourly_cents, "\t",
                      job.fewest_minutes, "\t", job.most_minutes, "\t",
                      job.requires_languages, "\t", job.age_seconds, "\t",
                      job.asked_points, "\t", absl::StrJoin(job.asks, ","),
                      "\n");
}

bool ReadJob(const Fields& fields, JobFacts& job) {
  return fields.size() == 17 && ReadPlace(fields, job) &&
         ToNumber(fields[6], job.occupations[0]) &&
         ToNumber(fields[7], job.occupations[1]) &&
         ToNumber(fields[10], job.hourly_cents) &&
         ToNumber(fields[11], job.fewest_minutes) &&
         ToNumber(fields[12], job.most_minutes) &&
         ToNumber(fields[13], job.requires_languages) &&
         ToNumber(fields[14], job.age_seconds) &&
         ToNumber(fields[15], job.asked_points) && ToList(fields[16], job.asks);
}

std::string QueryLine(size_t row, const QueryFacts& query) {
  return absl::StrCat(row, "\t", PlaceText(query), "\t", query.radius_m, "\t",
                      absl::StrJoin(query.codes, ","), "\t", query.floor_cents,
                      "\t", query.fewest_minutes, "\t", query.most_minutes,
                      "\t", query.lacks_languages, "\t",
                      absl::StrJoin(query.has, ","), "\n");
}

bool ReadQuery(const Fields& fields, QueryFacts& query) {
  if (fields.size() != 13) return false;
  query.codes = absl::StrSplit(fields[7], ',', absl::SkipEmpty());
  return ReadPlace(fields, query) && ToNumber(fields[6], query.radius_m) &&
         ToNumber(fields[8], query.floor_cents) &&
         ToNumber(fields[9], query.fewest_minutes) &&
         ToNumber(fields[10], query.most_minutes) &&
         ToNumber(fields[11], query.lacks_languages) &&
         ToList(fields[12], query.has);
}

// `read` takes one line's fields and says whether they are right.
absl::Status ReadLines(const std::string& path,
                       const std::function<bool(const Fields&)>& read) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat(path, " is missing"));
  std::string line;
  for (int64_t number = 1; std::getline(file, line); ++number) {
    if (!read(absl::StrSplit(line, '\t'))) {
      return absl::DataLossError(
          absl::StrCat(path, ":", number, " has the wrong form"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteCorpus(const Corpus& corpus, const std::string& folder) {
  std::ofstream about(folder + "/about.tsv");
  std::ofstream codes(folder + "/codes.tsv");
  std::ofstream jobs(folder + "/jobs.tsv");
  std::ofstream queries(folder + "/queries.tsv");
  about << corpus.offers << "\n";
  for (const std::string& code : corpus.codes) codes << code << "\n";
  for (size_t i = 0; i < corpus.jobs.size(); ++i) {
    jobs << JobLine(i + 1, corpus.jobs[i], corpus.codes);
  }
  for (size_t i = 0; i < corpus.queries.size(); ++i) {
    queries << QueryLine(i + 1, corpus.queries[i]);
  }
  for (std::ofstream* file : {&about, &codes, &jobs, &queries}) {
    file->close();
    if (!*file) {
      return absl::InternalError(
          absl::StrCat("the corpus could not be written to ", folder));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Corpus> ReadCorpus(const std::string& folder, bool with_jobs) {
  Corpus corpus;
  absl::Status status =
      ReadLines(folder + "/about.tsv", [&](const Fields& fields) {
        return fields.size() == 1 && ToNumber(fields[0], corpus.offers);
      });
  if (!status.ok()) return status;
  status = ReadLines(folder + "/codes.tsv", [&](const Fields& fields) {
    corpus.codes.emplace_back(fields[0]);
    return fields.size() == 1 && fields[0].size() == 5;
  });
  if (!status.ok()) return status;
  status = ReadLines(folder + "/queries.tsv", [&](const Fields& fields) {
    return ReadQuery(fields, corpus.queries.emplace_back());
  });
  if (!status.ok()) return status;
  if (!with_jobs) return corpus;
  status = ReadLines(folder + "/jobs.tsv", [&](const Fields& fields) {
    return ReadJob(fields, corpus.jobs.emplace_back());
  });
  if (!status.ok()) return status;
  return corpus;
}

}  // namespace heimweg::bench
