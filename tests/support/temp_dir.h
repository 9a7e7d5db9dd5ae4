// TempDir: a fresh directory of one test, removed with it. ContentsOf: what a
// file holds; nothing if it cannot be read.
#ifndef HEIMWEG_TESTS_SUPPORT_TEMP_DIR_H_
#define HEIMWEG_TESTS_SUPPORT_TEMP_DIR_H_

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace heimweg::testing {

class TempDir {
 public:
  TempDir() : path_(std::filesystem::temp_directory_path() / "heimweg.XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) abort();
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::string ContentsOf(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace heimweg::testing

#endif  // HEIMWEG_TESTS_SUPPORT_TEMP_DIR_H_
