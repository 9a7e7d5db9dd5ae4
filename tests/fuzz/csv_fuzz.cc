// Tables with their mapping. Input: a line with the mapping, then the file.
#include "clients/importers/formats.h"
#include "tests/fuzz/format_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  heimweg::fuzz::Input input(data, size);
  heimweg::importers::ReadOptions options;
  options.kind = heimweg::importers::Kind::kHomes;
  options.mapping = input.Line();
  heimweg::fuzz::CheckFormat(*heimweg::importers::CsvFormat(), options,
                             input.Rest());
  return 0;
}
