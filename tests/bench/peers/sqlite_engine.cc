#include "tests/bench/peers/sqlite_engine.h"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heimweg::bench {
namespace {

constexpr double kHalfTurn = 3.14159265358979323846;
constexpr double kMetersPerDegree = 6371008.8 * kHalfTurn / 180;
// R*Tree rounds to 32 bits: a margin of some metres.
constexpr double kBoxMarginM = 20;

constexpr char kSchema[] =
    "CREATE TABLE job (id INTEGER PRIMARY KEY, x REAL, y REAL, z REAL,"
    " occupation INT, other_occupation INT, hourly_cents INT,"
    " fewest_minutes INT, most_minutes INT, requires_languages INT,"
    " age_seconds INT, asked_points INT, asks BLOB);"
    "CREATE VIRTUAL TABLE place USING rtree(id, south, north, west, east);"
    "CREATE VIRTUAL TABLE job_group USING"
    " fts5(groups, content='', detail=none, columnsize=0);";

constexpr char kRow[] =
    "(x, y, z, occupation, other_occupation, hourly_cents,"
    " fewest_minutes, most_minutes, requires_languages, age_seconds,"
    " asked_points, asks)";
constexpr int kRowValues = 12;
// Of a row, before a function is called for it.
constexpr char kConditions[] =
    " AND fewest_minutes <= ? AND most_minutes >= ? AND hourly_cents >= ?"
    " AND (requires_languages & ?) = 0";
constexpr char kScore[] = "heimweg_score";
constexpr char kScoreOfOther[] = "heimweg_score_of_other";

absl::Status ErrorOf(sqlite3* db) {
  return absl::InternalError(absl::StrCat("SQLite: ", sqlite3_errmsg(db)));
}

// NULL for a job that fails a condition, and, if only others are sought, for
// one of the wished main groups.
template <bool kOnlyOthers>
void ScoreRow(sqlite3_context* context, int /*count*/, sqlite3_value** row) {
  const auto& formula = **static_cast<std::unique_ptr<const Formula>*>(
      sqlite3_user_data(context));
  JobRow job;
  job.x = sqlite3_value_double(row[0]);
  job.y = sqlite3_value_double(row[1]);
  job.z = sqlite3_value_double(row[2]);
  job.occupation = sqlite3_value_int(row[3]);
  job.other_occupation = sqlite3_value_int(row[4]);
  job.hourly_cents = sqlite3_value_int(row[5]);
  job.fewest_minutes = sqlite3_value_int(row[6]);
  job.most_minutes = sqlite3_value_int(row[7]);
  job.requires_languages = sqlite3_value_int(row[8]);
  job.age_seconds = sqlite3_value_int64(row[9]);
  job.asked_points = sqlite3_value_int(row[10]);
  const auto* asks = static_cast<const int32_t*>(sqlite3_value_blob(row[11]));
  job.asks = {asks, static_cast<size_t>(sqlite3_value_bytes(row[11])) /
                        sizeof(int32_t)};
  const bool left_out = kOnlyOthers && formula.IsWished(job);
  const std::optional<double> score =
      left_out ? std::nullopt : formula.Score(job);
  if (score) {
    sqlite3_result_double(context, *score);
  } else {
    sqlite3_result_null(context);
  }
}

// Binds one after the other. Thread-compatible.
class Binding {
 public:
  explicit Binding(sqlite3_stmt* statement) : statement_(statement) {}

  Binding& Real(double value) {
    sqlite3_bind_double(statement_, ++at_, value);
    return *this;
  }
  Binding& Whole(int64_t value) {
    sqlite3_bind_int64(statement_, ++at_, value);
    return *this;
  }
  Binding& Text(const std::string& value) {
    sqlite3_bind_text(statement_, ++at_, value.c_str(), -1, SQLITE_TRANSIENT);
    return *this;
  }
  Binding& Conditions(const QueryFacts& query) {
    return Whole(query.most_minutes)
        .Whole(query.fewest_minutes)
        .Whole(query.floor_cents)
        .Whole(query.lacks_languages);
  }
  Binding& Blob(const std::vector<int32_t>& value) {
    sqlite3_bind_blob(statement_, ++at_, value.data(),
                      static_cast<int>(value.size() * sizeof(int32_t)),
                      SQLITE_TRANSIENT);
    return *this;
  }

 private:
  sqlite3_stmt* const statement_;
  int at_ = 0;
};

std::string GroupTerm(int32_t group) { return absl::StrCat("g", group); }

std::string GroupsOf(const JobFacts& job,
                     const std::vector<std::string>& codes) {
  const auto group = [&codes](int32_t occupation) {
    return GroupTerm(
        std::stoi(codes[static_cast<size_t>(occupation)].substr(0, 2)));
  };
  return absl::StrCat(group(job.occupations[0]), " ",
                      group(job.occupations[1]));
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteEngine>> SqliteEngine::Open(
    const std::string& file, const Corpus& corpus) {
  const bool filled = std::filesystem::exists(file);
  sqlite3* db = nullptr;
  if (sqlite3_open(file.c_str(), &db) != SQLITE_OK) {
    const absl::Status status = ErrorOf(db);
    sqlite3_close(db);
    return status;
  }
  auto engine =
      std::unique_ptr<SqliteEngine>(new SqliteEngine(db, corpus.codes));
  const auto add = [&](const char* name, auto* score) {
    sqlite3_create_function(db, name, kRowValues,
                            SQLITE_UTF8 | SQLITE_DETERMINISTIC, &engine->asked_,
                            score, nullptr, nullptr);
  };
  add(kScore, ScoreRow<false>);
  add(kScoreOfOther, ScoreRow<true>);
  // All in memory, nothing for safety: what is measured are queries.
  absl::Status status = engine->Execute(
      "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
      "PRAGMA cache_size=-1000000; PRAGMA mmap_size=4000000000;");
  if (status.ok() && !filled) status = engine->Load(corpus);
  if (status.ok()) status = engine->PrepareQueries();
  if (!status.ok()) return status;
  return engine;
}

SqliteEngine::~SqliteEngine() {
  for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
}

absl::Status SqliteEngine::Execute(const std::string& sql) {
  return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK
             ? absl::OkStatus()
             : ErrorOf(db_);
}

absl::StatusOr<sqlite3_stmt*> SqliteEngine::Prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) !=
      SQLITE_OK) {
    return ErrorOf(db_);
  }
  statements_.push_back(statement);
  return statement;
}

absl::Status SqliteEngine::Load(const Corpus& corpus) {
  absl::Status status = Execute(absl::StrCat(kSchema, "BEGIN"));
  if (status.ok()) status = LoadRows(corpus);
  if (status.ok()) status = Execute("COMMIT");
  if (!status.ok()) return status;
  return Execute(
      "INSERT INTO job_group(job_group) VALUES('optimize'); ANALYZE");
}

absl::Status SqliteEngine::LoadRows(const Corpus& corpus) {
  const auto job_row =
      Prepare("INSERT INTO job VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
  if (!job_row.ok()) return job_row.status();
  const auto place_row = Prepare("INSERT INTO place VALUES (?,?,?,?,?)");
  if (!place_row.ok()) return place_row.status();
  const auto group_row =
      Prepare("INSERT INTO job_group(rowid, groups) VALUES (?,?)");
  if (!group_row.ok()) return group_row.status();
  for (size_t i = 0; i < corpus.jobs.size(); ++i) {
    const JobFacts& job = corpus.jobs[i];
    const auto id = static_cast<int64_t>(i) + 1;
    Binding values(*job_row);
    values.Whole(id);
    for (const double part : job.vector) values.Real(part);
    values.Whole(job.occupations[0]).Whole(job.occupations[1]);
    values.Whole(job.hourly_cents).Whole(job.fewest_minutes);
    values.Whole(job.most_minutes).Whole(job.requires_languages);
    values.Whole(job.age_seconds).Whole(job.asked_points).Blob(job.asks);
    Binding(*place_row)
        .Whole(id)
        .Real(job.latitude)
        .Real(job.latitude)
        .Real(job.longitude)
        .Real(job.longitude);
    Binding(*group_row).Whole(id).Text(GroupsOf(job, corpus.codes));
    for (sqlite3_stmt* row : {*job_row, *place_row, *group_row}) {
      if (sqlite3_step(row) != SQLITE_DONE) return ErrorOf(db_);
      sqlite3_reset(row);
    }
  }
  return absl::OkStatus();
}

absl::Status SqliteEngine::PrepareQueries() {
  const auto prepare = [this](const char* score, const char* from,
                              sqlite3_stmt*& statement) {
    const auto prepared = Prepare(
        absl::StrCat("SELECT ", score, kRow, " AS score FROM ", from,
                     kConditions, " ORDER BY score DESC LIMIT ", kPeerLimit));
    if (prepared.ok()) statement = *prepared;
    return prepared.status();
  };
  constexpr char kAnywhere[] = "job WHERE true";
  constexpr char kAround[] =
      "place CROSS JOIN job ON job.id = place.id"
      " WHERE south <= ? AND north >= ? AND west <= ? AND east >= ?";
  constexpr char kOfGroups[] =
      "job_group CROSS JOIN job ON job.id = job_group.rowid"
      " WHERE job_group MATCH ?";
  absl::Status status = prepare(kScore, kAnywhere, anywhere_);
  if (status.ok()) status = prepare(kScore, kAround, around_);
  if (status.ok()) status = prepare(kScoreOfOther, kAround, others_around_);
  if (status.ok()) status = prepare(kScore, kOfGroups, of_groups_);
  return status;
}

Scores SqliteEngine::Run(sqlite3_stmt* query) const {
  Scores scores;
  // NULLs come last; a condition against them would score every row twice.
  while (sqlite3_step(query) == SQLITE_ROW &&
         sqlite3_column_type(query, 0) != SQLITE_NULL) {
    scores.push_back(sqlite3_column_double(query, 0));
  }
  sqlite3_reset(query);
  return scores;
}

Scores SqliteEngine::BestAround(sqlite3_stmt* statement,
                                const QueryFacts& query, double meters) {
  const double north = (meters + kBoxMarginM) / kMetersPerDegree;
  // The widest parallel of the box decides; at a pole all longitudes meet.
  const double farthest = std::abs(query.latitude) + north;
  double east = 360;
  if (farthest < 90) {
    constexpr double kRadians = kHalfTurn / 180;
    const double ratio =
        std::sin(north * kRadians) / std::cos(farthest * kRadians);
    if (ratio < 1) east = std::asin(ratio) / kRadians;
  }
  Binding(statement)
      .Real(query.latitude + north)
      .Real(query.latitude - north)
      .Real(query.longitude + east)
      .Real(query.longitude - east)
      .Conditions(query);
  return Run(statement);
}

Scores SqliteEngine::BestAnywhere(const QueryFacts& query) {
  Binding(anywhere_).Conditions(query);
  return Run(anywhere_);
}

Scores SqliteEngine::BestOfGroups(const QueryFacts& query) {
  const std::string terms = absl::StrJoin(
      asked_->main_groups(), " OR ", [](std::string* out, int32_t group) {
        absl::StrAppend(out, GroupTerm(group));
      });
  Binding(of_groups_).Text(terms).Conditions(query);
  return Run(of_groups_);
}

Scores SqliteEngine::Best(const QueryFacts& query) {
  asked_ = std::make_unique<const Formula>(codes_, query);
  return query.radius_m > 0 ? BestAround(around_, query, query.radius_m)
                            : BestAnywhere(query);
}

Scores SqliteEngine::BestInSteps(const QueryFacts& query) {
  if (query.radius_m > 0) return Best(query);
  asked_ = std::make_unique<const Formula>(codes_, query);
  Scores best = BestOfGroups(query);
  const double reach =
      asked_->ReachMeters(best.size() == kPeerLimit ? best.back() : 0);
  if (reach < 0) return best;
  for (const double other : BestAround(others_around_, query, reach)) {
    best.push_back(other);
  }
  std::sort(best.begin(), best.end(), std::greater<>());
  if (best.size() > kPeerLimit) best.resize(kPeerLimit);
  return best;
}

}  // namespace heimweg::bench
