// import_bench: rows a second of ImportJobs into a whole heimwegd, beside
// durable RocksDB batches of the same rows in turns: as many writers as there
// are streams, batches of as many rows, the settings of our stores, the same
// disk. Each round begins with empty stores.
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/rocksdb_engine.h"
#include "storage/rocksdb_options.h"
#include "tests/bench/region.h"
#include "tests/bench/report.h"
#include "tests/bench/server_process.h"
#include "tests/support/temp_dir.h"

namespace heimweg::bench {
namespace {

using Requests = std::vector<jobs::v1::ImportJobsRequest>;

struct Flags {
  int64_t rows = 40'000;
  std::vector<int> streams = {1, 4};
  int rounds = 5;
  std::string gazetteer;
};

// Runs `write` for each stream at once; returns rows a second.
template <typename Write>
double Rate(int64_t rows, size_t streams, Write write) {
  const absl::Time start = absl::Now();
  std::vector<std::thread> threads;
  for (size_t i = 0; i < streams; ++i) {
    threads.emplace_back([&write, i] { write(i); });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(rows) / absl::ToDoubleSeconds(absl::Now() - start);
}

void WriteBatches(const Requests& requests, rocksdb::DB& db) {
  rocksdb::WriteOptions durable;
  durable.sync = true;
  for (const jobs::v1::ImportJobsRequest& request : requests) {
    rocksdb::WriteBatch batch;
    for (const jobs::v1::Job& job : request.jobs()) {
      batch.Put(job.name(), job.SerializeAsString());
    }
    if (!db.Write(durable, &batch).ok()) Fail("RocksDB does not write");
  }
}

double RawRate(int64_t rows, const std::vector<Requests>& parts) {
  const testing::TempDir folder;
  const storage::RocksDbOptions settings;
  rocksdb::Options options = storage::DatabaseOptions(
      settings.block_cache_bytes, settings.write_buffer_bytes);
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, folder.path(), &opened).ok()) {
    Fail("RocksDB does not open");
  }
  const std::unique_ptr<rocksdb::DB> db(opened);
  return Rate(rows, parts.size(),
              [&](size_t i) { WriteBatches(parts[i], *db); });
}

struct Imported {
  double rate = 0;
  double server_cpu_us = 0;  // Of each row, matching included.
};

Imported ImportRate(const Flags& flags, const std::vector<Requests>& parts) {
  const testing::TempDir folder;
  const ServerProcess heimwegd(HeimwegdCommand(flags.gazetteer, folder.path()));
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (size_t i = 0; i < parts.size(); ++i) {
    channels.push_back(heimwegd.Connect());
    WaitUntilReady(channels.back());
  }
  Imported imported;
  const absl::Duration before = heimwegd.Cpu();
  imported.rate = Rate(flags.rows, parts.size(),
                       [&](size_t i) { ImportJobs(channels[i], parts[i]); });
  imported.server_cpu_us = absl::ToDoubleMicroseconds(heimwegd.Cpu() - before) /
                           static_cast<double>(flags.rows);
  return imported;
}

void Compare(const Flags& flags, const generator::Generator& generator,
             int streams, Table& table) {
  std::vector<Requests> parts;
  double bytes = 0;
  for (int i = 0; i < streams; ++i) {
    parts.push_back(JobRequests(generator, flags.rows * i / streams,
                                flags.rows * (i + 1) / streams));
    for (const auto& request : parts.back()) {
      bytes += static_cast<double>(request.ByteSizeLong());
    }
  }
  std::vector<double> raw, rpc, cpu, ratio;
  for (int round = 0; round < flags.rounds; ++round) {
    raw.push_back(RawRate(flags.rows, parts));
    const Imported imported = ImportRate(flags, parts);
    rpc.push_back(imported.rate);
    cpu.push_back(imported.server_cpu_us);
    ratio.push_back(imported.rate / raw.back());
  }
  table.Row({absl::StrCat(streams),
             Shown(bytes / static_cast<double>(flags.rows)), Shown(Median(raw)),
             Shown(Median(rpc)), Shown(Median(cpu)), Shown(Median(ratio))});
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures imports beside raw RocksDB batches.");
  app.add_option("--rows", flags.rows, "Rows of a round")
      ->check(CLI::Range(int64_t{1'000}, int64_t{10'000'000}));
  app.add_option("--streams", flags.streams, "Streams at once, by commas")
      ->delimiter(',')
      ->check(CLI::Range(1, 64));
  app.add_option("--rounds", flags.rounds, "Rounds of each")
      ->check(CLI::Range(1, 100));
  app.add_option("--gazetteer", flags.gazetteer, "Gazetteer file")
      ->envname("HEIMWEG_GAZETTEER")
      ->required();
  CLI11_PARSE(app, argc, argv);
  const auto generator = MakeGenerator(flags.gazetteer, absl::Now());
  Table table(
      absl::StrCat("ImportJobs over RPC beside durable RocksDB batches "
                   "of ",
                   kImportRows, " rows: ", flags.rows, " rows, medians of ",
                   flags.rounds, " rounds in turn"),
      {"streams", "bytes/row", "RocksDB rows/s", "import rows/s",
       "server CPU us/row", "import : RocksDB"});
  for (const int streams : flags.streams) {
    Compare(flags, *generator, streams, table);
  }
  return 0;
}

}  // namespace
}  // namespace heimweg::bench

int main(int argc, char** argv) { return heimweg::bench::Main(argc, argv); }
