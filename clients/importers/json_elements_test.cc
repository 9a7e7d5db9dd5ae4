#include "clients/importers/json_elements.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct ElementReading {
  explicit ElementReading(absl::string_view text,
                          const std::vector<std::string>& arrays = {}) {
    StringSource source(text);
    status = ReadJsonElements(
        source, arrays, Limits(), [this](const JsonElement& element) {
          seen.push_back(absl::StrCat(element.line, " ", element.path, " ",
                                      element.value.dump()));
          return absl::OkStatus();
        });
  }
  absl::Status status;
  std::vector<std::string> seen;
};

TEST(ReadJsonElements, GivesTheElementsOfTheOutermostArray) {
  const ElementReading reading("[1, {\"a\": \"]}\\\"\"},\n [2]]");
  EXPECT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.seen,
              ElementsAre("1 [0] 1", "1 [1] {\"a\":\"]}\\\"\"}", "2 [2] [2]"));
  EXPECT_TRUE(ElementReading(" [ ] ").status.ok());
}

TEST(ReadJsonElements, GivesTheElementsOfAMemberWhateverStandsAroundIt) {
  const ElementReading reading(
      "{\"total\": 2, \"facets\": {\"jobs\": [9]}, \"jobs\": [1, 2],\n"
      "\"page\": [3]}",
      {"jobs", "page"});
  EXPECT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.seen, ElementsAre("1 jobs[0] 1", "1 jobs[1] 2"));
}

TEST(ReadJsonElements, GivesAnObjectWithoutSuchAMemberItself) {
  const ElementReading reading("\n{\"a\": [1], \"b\": {}}", {"jobs"});
  EXPECT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.seen, ElementsAre("2  {\"a\":[1],\"b\":{}}"));
}

TEST(ReadJsonElements, SaysInWhichLineAFileIsBroken) {
  for (const char* text :
       {"", "7", "[1,\n", "[1 2]", "[1] 2", "{\"a\" 1}", "{\"a\":1,}",
        "[{\"a\":}]", "[nul]", "[\"\xFC\"]", "{\"a\":[1}}", "[\"open"}) {
    EXPECT_THAT(
        ElementReading(text, {"a"}).status,
        StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line ")))
        << text;
  }
  const ElementReading reading("[1,\n2,\nx]");
  EXPECT_THAT(reading.status, StatusIs(absl::StatusCode::kInvalidArgument,
                                       "line 3: [2] is not JSON"));
  EXPECT_THAT(reading.seen, ElementsAre("1 [0] 1", "2 [1] 2"));
}

TEST(ReadJsonElements, ANulByteIsNotTheEndOfAnElement) {
  EXPECT_THAT(
      ElementReading(std::string("[44\0 44]", 8)).status,
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not JSON")));
}

TEST(ReadJsonElements, RefusesWhatIsTooDeepOrTooLarge) {
  EXPECT_THAT(
      ElementReading(std::string(1'000'000, '[')).status,
      StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("64 deep")));
  EXPECT_THAT(
      ElementReading(absl::StrCat("[\"", std::string(10 << 20, 'x'), "\"]"))
          .status,
      StatusIs(absl::StatusCode::kResourceExhausted,
               HasSubstr("string is larger")));
  std::string many = "[[";
  for (int i = 0; i < 3'000'000; ++i) many += "1,";
  EXPECT_THAT(ElementReading(many).status,
              StatusIs(absl::StatusCode::kResourceExhausted,
                       HasSubstr("element is larger")));
  std::string members = "{";
  for (int i = 0; i < 1'000'000; ++i) {
    absl::StrAppend(&members, "\"", i, "\":1,");
  }
  EXPECT_THAT(ElementReading(members, {"a"}).status,
              StatusIs(absl::StatusCode::kResourceExhausted,
                       HasSubstr("object is larger")));
}

}  // namespace
}  // namespace heimweg::importers
