// crash_writer FOLDER WRITERS: writes the workload into the store in FOLDER
// with so many threads until it is killed. Reports each acknowledged edit on
// standard output as an Acknowledgement.
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "storage/rocksdb_engine.h"
#include "tests/crash/acknowledgement.h"
#include "tests/crash/workload.h"

namespace heimweg::crash {
namespace {

void WriteForEver(storage::Store& store, const Workload& workload,
                  uint32_t writer) {
  auto reader = store.Read();
  auto head = reader.ok() ? workload.Head(**reader, writer) : reader.status();
  if (!head.ok()) std::_Exit(1);
  reader->reset();
  for (uint64_t number = *head + 1;; ++number) {
    if (!store.CommitAndWait(workload.MakeEdit(writer, number)).ok()) {
      std::_Exit(1);
    }
    const Acknowledgement done{number, writer};
    if (write(STDOUT_FILENO, &done, sizeof(done)) != sizeof(done))
      std::_Exit(1);
  }
}

int Main(const char* folder, uint32_t writers) {
  storage::RocksDbOptions options;
  options.folder = folder;
  options.write_buffer_bytes = 256 << 10;  // Flushes often.
  options.superblock_revisions = 500;
  auto engine = storage::OpenRocksDbEngine(options);
  if (!engine.ok()) {
    std::fprintf(stderr, "%s\n", engine.status().ToString().c_str());
    return 1;
  }
  auto store = storage::Store::Open(*std::move(engine));
  if (!store.ok()) return 1;
  const Workload workload;
  std::vector<std::thread> threads;
  threads.reserve(writers);
  for (uint32_t writer = 0; writer < writers; ++writer) {
    threads.emplace_back(
        [&, writer] { WriteForEver(**store, workload, writer); });
  }
  for (std::thread& thread : threads) thread.join();
  return 0;
}

}  // namespace
}  // namespace heimweg::crash

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  return heimweg::crash::Main(argv[1],
                              static_cast<uint32_t>(std::atoi(argv[2])));
}
