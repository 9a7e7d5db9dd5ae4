#include "clients/importers/xml_reader.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Records are the elements named "r".
struct Document : public XmlHandler {
  explicit Document(absl::string_view text, absl::string_view encoding = "",
                    const Limits& limits = Limits()) {
    StringSource source(text);
    status = ReadXml(source, encoding, limits, *this);
  }
  bool IsRecord(absl::string_view path) const override {
    return absl::EndsWith(path, "/r");
  }
  absl::Status Open(absl::string_view path,
                    const XmlElement& element) override {
    seen.push_back(absl::StrCat("open ", path, " ", element.Attribute("a")));
    return absl::OkStatus();
  }
  absl::Status Close(absl::string_view path,
                     const XmlElement& element) override {
    seen.push_back(absl::StrCat("close ", path, " ", element.text));
    return absl::OkStatus();
  }
  absl::Status Record(absl::string_view path, XmlElement& element) override {
    seen.push_back(absl::StrCat("record ", path));
    records.push_back(std::move(element));
    return absl::OkStatus();
  }

  absl::Status status;
  std::vector<std::string> seen;
  std::vector<XmlElement> records;
};

TEST(ReadXml, GivesRecordsWholeAndWhatStandsAroundThem) {
  const Document document(
      "<?xml version='1.0'?>\n<x:o xmlns:x='urn:x' a='1'><n> name </n>\n"
      "<r k='v'>\n <p><q>1</q><q>2</q></p> <t><![CDATA[<b>]]> &amp; </t></r>"
      "</x:o>");
  ASSERT_TRUE(document.status.ok()) << document.status;
  EXPECT_THAT(document.seen,
              ElementsAre("open o 1", "open o/n ", "close o/n name",
                          "record o/r", "close o "));
  const XmlElement& record = document.records.at(0);
  EXPECT_EQ(record.line, 3);
  EXPECT_EQ(record.Attribute("k"), "v");
  EXPECT_EQ(record.Text("p/q"), "1");
  EXPECT_EQ(record.Text("t"), "<b> &");
  EXPECT_EQ(record.Text("nowhere/at/all"), "");
  EXPECT_EQ(ToXml(record),
            "<r k=\"v\"><p><q>1</q><q>2</q></p><t>&lt;b&gt; &amp;</t></r>");
}

TEST(ReadXml, DecodesWhatTheDeclarationSays) {
  const Document latin(
      "<?xml version='1.0' encoding='ISO-8859-1'?><o><r>J\xFCterbog</r></o>");
  ASSERT_TRUE(latin.status.ok()) << latin.status;
  EXPECT_EQ(latin.records.at(0).text, "J\u00fcterbog");
  const Document windows(
      "<?xml version='1.0' encoding='windows-1252'?><o><r>5 \x80</r></o>");
  ASSERT_TRUE(windows.status.ok()) << windows.status;
  EXPECT_EQ(windows.records.at(0).text, "5 \u20ac");
  std::string wide("\xFF\xFE", 2);
  for (const char c : std::string("<o><r>x</r></o>")) {
    wide += c;
    wide += '\0';
  }
  EXPECT_EQ(Document(wide).records.at(0).text, "x");
}

TEST(ReadXml, RefusesBytesThatAreNotInTheEncodingUnlessToldAnother) {
  const std::string text =
      "<?xml version='1.0' encoding='UTF-8'?>\n<o><r>J\xFCterbog</r></o>";
  EXPECT_THAT(Document(text).status,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("line 2"), HasSubstr("--encoding"))));
  const Document told(text, "windows-1252");
  ASSERT_TRUE(told.status.ok()) << told.status;
  EXPECT_EQ(told.records.at(0).text, "J\u00fcterbog");
  EXPECT_THAT(
      Document(text, "klingon").status,
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no encoding")));
}

TEST(ReadXml, RefusesEntitiesOfEveryKind) {
  for (const char* doctype :
       {"<!DOCTYPE o [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>",
        "<!DOCTYPE o [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE o SYSTEM 'http://example.org/o.dtd'>",
        "<!DOCTYPE o [<!ENTITY % a SYSTEM 'http://example.org/o'>%a;]>"}) {
    const Document document(absl::StrCat(doctype, "<o><r>&a;</r></o>"));
    EXPECT_THAT(document.status, StatusIs(absl::StatusCode::kInvalidArgument,
                                          HasSubstr("DOCTYPE")));
    EXPECT_TRUE(document.records.empty());
  }
  EXPECT_THAT(Document("<o><r>&secret;</r></o>").status,
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ReadXml, RefusesWhatIsTooDeepOrTooLarge) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<r>";
  EXPECT_THAT(
      Document("<o>" + deep).status,
      StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("64 deep")));
  const std::string field(10 << 20, 'x');
  EXPECT_THAT(Document(absl::StrCat("<o><r>", field, "</r></o>")).status,
              StatusIs(absl::StatusCode::kResourceExhausted,
                       HasSubstr("text is larger")));
  const Document attribute(absl::StrCat("<o><r a='", field, "'/></o>"));
  EXPECT_FALSE(attribute.status.ok());
  std::string many = "<o><r>";
  for (int i = 0; i < 1'000'000; ++i) many += "<e/>";
  EXPECT_THAT(Document(many).status,
              StatusIs(absl::StatusCode::kResourceExhausted,
                       HasSubstr("record is larger")));
}

TEST(ReadXml, SaysInWhichLineAFileIsBroken) {
  EXPECT_THAT(Document("<o>\n<r>\n</o>").status,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "line 3: an end tag does not fit its start tag"));
  EXPECT_THAT(Document("<o>\n<r></r>").status,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("ends before its root element")));
  EXPECT_FALSE(Document("").status.ok());
  EXPECT_FALSE(Document("text").status.ok());
}

TEST(XmlRootName, LooksBehindDeclarationsAndComments) {
  EXPECT_EQ(XmlRootName("<?xml version='1.0'?>\n<!-- <x> -->\n<a:b c='d'>"),
            "b");
  EXPECT_EQ(XmlRootName("{\"a\": 1}"), "");
  EXPECT_EQ(XmlRootName("<!-- never ends"), "");
}

}  // namespace
}  // namespace heimweg::importers
