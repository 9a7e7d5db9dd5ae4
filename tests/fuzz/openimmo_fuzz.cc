// Files as `heimweg import openimmo` reads them. Input: a file.
#include "clients/importers/formats.h"
#include "tests/fuzz/format_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  heimweg::importers::ReadOptions options;
  options.kind = heimweg::importers::Kind::kHomes;
  heimweg::fuzz::CheckFormat(*heimweg::importers::OpenImmoFormat(), options,
                             {reinterpret_cast<const char*>(data), size});
  return 0;
}
