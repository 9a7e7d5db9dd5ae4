// JSON documents, an element at a time. Input: a document.
#include "clients/importers/json_elements.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using heimweg::fuzz::Require;
  using heimweg::importers::JsonElement;
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  heimweg::importers::Limits limits;
  limits.field_bytes = 64;
  limits.row_bytes = 512;
  limits.depth = 8;
  int elements = 0;
  heimweg::importers::StringSource source(text);
  const absl::Status status = heimweg::importers::ReadJsonElements(
      source, {"jobs", "@graph"}, limits, [&](const JsonElement& element) {
        ++elements;
        Require(element.line >= 1, "an element has a line");
        Require(element.text.size() <= limits.row_bytes + 2,
                "an element is no larger than allowed");
        Require(!element.value.is_discarded(), "an element is JSON");
        return absl::OkStatus();
      });
  Require(status.ok() || !status.message().empty(),
          "an error says what is wrong");
  if (!status.ok()) return 0;
  Require(nlohmann::json::accept(text.begin(), text.end()),
          "only JSON is read to the end");
  return 0;
}
