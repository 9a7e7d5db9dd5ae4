// ZIP archives. Input: an archive.
#include <string>

#include "clients/importers/archive.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using heimweg::fuzz::Require;
  heimweg::importers::StringSource bytes(
      {reinterpret_cast<const char*>(data), size});
  heimweg::importers::ArchiveLimits limits;
  limits.files = 10;
  limits.bytes = 1 << 20;
  heimweg::importers::Archive archive(bytes, limits);
  for (int files = 0;; ++files) {
    const auto more = archive.Next();
    if (!more.ok() || !*more) return 0;
    Require(files < limits.files, "there are no more files than allowed");
    Require(archive.name().find("../") == std::string::npos ||
                archive.name().find("../") > 0,
            "no name begins by leading out of the archive");
    std::string text(4096, ' ');
    size_t total = 0;
    while (true) {
      const auto count = archive.Read(text.data(), text.size());
      if (!count.ok()) return 0;
      if (*count == 0) break;
      total += *count;
      Require(total <= static_cast<size_t>(limits.bytes),
              "no more is unpacked than allowed");
    }
  }
}
