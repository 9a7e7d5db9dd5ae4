// Files, archives and what is recognized.
#include "clients/importers/read_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/importers/archive.h"
#include "clients/importers/registry.h"
#include "clients/importers/testing/collecting_sink.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::IsOk;
using heimweg::testing::StatusIs;
using ::testing::HasSubstr;

constexpr char kOpenImmo[] =
    "<openimmo><anbieter><firma>F</firma><immobilie><objektkategorie>"
    "<vermarktungsart KAUF='1'/></objektkategorie><geo><plz>04910</plz></geo>"
    "<verwaltung_techn><objektnr_extern>1</objektnr_extern></verwaltung_techn>"
    "</immobilie></anbieter></openimmo>";

using Files = std::vector<std::pair<std::string, std::string>>;

// A ZIP archive of these files, names as they are.
std::string Zip(const std::string& path, const Files& files) {
  archive* zip = archive_write_new();
  archive_write_set_format_zip(zip);
  archive_write_open_filename(zip, path.c_str());
  for (const auto& [name, text] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(zip, entry);
    archive_write_data(zip, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_free(zip);
  return path;
}

struct FileReading : public CollectingSink {
  FileReading(const std::string& path, const std::string& format) {
    std::istringstream none;
    ReadOptions options;
    options.kind = Kind::kHomes;
    status = ReadFile(path, none, FindFormat(format), options, *this, progress);
  }
  ReadProgress progress;
  absl::Status status;
};

class ReadFileTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(dir_.path(), "/", name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::string ZipOf(const Files& files) {
    return Zip(absl::StrCat(dir_.path(), "/a.zip"), files);
  }
  const heimweg::testing::TempDir dir_;
};

TEST_F(ReadFileTest, ReadsAFileAndCountsItsBytes) {
  const FileReading reading(Write("a.xml", kOpenImmo), "openimmo");
  ASSERT_THAT(reading.status, IsOk());
  ASSERT_EQ(reading.records.size(), 1);
  EXPECT_THAT(reading.records[0].origin.file, HasSubstr("/a.xml"));
  EXPECT_EQ(reading.progress.bytes, sizeof kOpenImmo - 1);
}

TEST_F(ReadFileTest, ReadsTheRightFilesOfAnArchive) {
  const FileReading reading(ZipOf({{"image.jpg", "\xFF\xD8"},
                                   {"sub/a.XML", kOpenImmo},
                                   {"b.xml", kOpenImmo}}),
                            "openimmo");
  ASSERT_THAT(reading.status, IsOk());
  ASSERT_EQ(reading.records.size(), 2);
  EXPECT_THAT(reading.records[0].origin.file, HasSubstr("a.zip/sub/a.XML"));
}

TEST_F(ReadFileTest, RefusesArchivesThatLeadOutOfThemselves) {
  for (const char* name : {"../a.xml", "sub/../../a.xml", "/etc/a.xml",
                           "C:\\a.xml", "..\\a.xml"}) {
    EXPECT_THAT(FileReading(ZipOf({{name, kOpenImmo}}), "openimmo").status,
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("leads out of it")))
        << name;
  }
}

TEST_F(ReadFileTest, RefusesAZipBomb) {
  const std::string path = ZipOf({{"a.xml", std::string(200 << 20, ' ')}});
  EXPECT_THAT(
      FileReading(path, "openimmo").status,
      StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("ZIP bomb")));
}

TEST_F(ReadFileTest, RefusesBrokenArchivesAndThoseWithoutSuchFiles) {
  EXPECT_THAT(
      FileReading(ZipOf({{"a.jpg", "x"}}), "openimmo").status,
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no file of")));
  std::ifstream whole(ZipOf({{"a.xml", kOpenImmo}}), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(whole)), {});
  bytes.resize(bytes.size() / 4);
  EXPECT_FALSE(FileReading(Write("cut.zip", bytes), "openimmo").status.ok());
}

TEST_F(ReadFileTest, NamesTheFormatThatAFileIsOf) {
  EXPECT_THAT(
      FileReading(Write("a.xml", "<IS24ImmobilienTransfer/>"), "openimmo")
          .status,
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("this is is24, not openimmo"),
                     HasSubstr("heimweg import is24"))));
  EXPECT_THAT(
      FileReading(Write("a.xml", "<immoxml/>"), "openimmo").status,
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("ImmoXML")));
}

TEST_F(ReadFileTest, SendsTablesToTheMapping) {
  for (const std::string head :
       {"id,name,phone_number\n1,a,2\n", "Nr;Titel;PLZ\n", "I|4711|x\n"}) {
    EXPECT_TRUE(IsTable(head)) << head;
    EXPECT_THAT(FileReading(Write("a.csv", head), "").status,
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("this is a table (CSV); heimweg import csv "
                                   "reads it with a mapping file")));
  }
  for (const std::string head :
       {"# Sources, licences\n", "{\"a\": 1, \"b\": 2, \"c\": 3}", "",
        "Some text, which ends.\n", "<a>;<b>;<c>\n"}) {
    EXPECT_FALSE(IsTable(head)) << head;
  }
}

TEST_F(ReadFileTest, RecognizesAFileOfAnEncodingThatOnlyItNames) {
  std::istringstream none;
  CollectingSink sink;
  ReadOptions options;
  options.kind = Kind::kHomes;
  ReadProgress progress;
  const std::string text = absl::StrReplaceAll(kOpenImmo, {{"F<", "\xfc<"}});
  const std::string path =
      Write("latin",
            absl::StrCat("<?xml version='1.0' encoding='ISO-8859-1'?>", text));
  EXPECT_THAT(ReadFile(path, none, nullptr, options, sink, progress), IsOk());
  EXPECT_THAT(sink.records, ::testing::SizeIs(1));
}

TEST(Registry, KnowsFormatsByNameAndByWhatTheyBeginWith) {
  EXPECT_EQ(FindFormat("nothing"), nullptr);
  for (const Format* format : AllFormats()) {
    EXPECT_EQ(FindFormat(format->name()), format);
    EXPECT_FALSE(format->kinds().empty());
  }
  EXPECT_EQ(Recognize("{\"title\":\"a\",\"externalId\":\"1\"}\n").name,
            "jsonl");
  EXPECT_EQ(Recognize("<?xml version='1.0'?><openimmo>").name, "openimmo");
  EXPECT_EQ(Recognize("<root><kyero>").name, "Kyero XML");
  EXPECT_EQ(
      Recognize("{\"path\":\"services.csv\",\"datapackage_metadata\":{}}").name,
      "a schema of HSDS");
  EXPECT_EQ(Recognize("a;b;c\n").name, "");
}

}  // namespace
}  // namespace heimweg::importers
