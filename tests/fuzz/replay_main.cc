// Runs a fuzz target over the files of its corpus: what libFuzzer found once is
// tried by every build, without libFuzzer.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

void Try(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()),
                         bytes.size());
}

int Replay(const std::string& folder) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename() == "README.md") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    // Said before, so that a crash names its input.
    std::printf("%s\n", entry.path().c_str());
    std::fflush(stdout);
    Try(bytes.str());
    ++files;
  }
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  Try("");
  for (int i = 1; i < argc; ++i) {
    if (Replay(argv[i]) == 0) {
      std::fprintf(stderr, "no inputs in %s\n", argv[i]);
      return 1;
    }
  }
  return 0;
}
