#include "services/places/gazetteer_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

namespace heimweg::places {
namespace {

constexpr char kMagic[] = "heimweg-gazetteer";

std::string Coordinates(LatLng where) {
  return absl::StrFormat("%.5f\t%.5f", where.lat_deg, where.lng_deg);
}

void AppendSection(std::string& text, absl::string_view name, size_t count) {
  absl::StrAppend(&text, name, "\t", count, "\n");
}

using Fields = std::vector<absl::string_view>;

// Takes a file's text apart line by line and remembers the first complaint.
class LineReader {
 public:
  explicit LineReader(absl::string_view text) : rest_(text) {}

  // The next line's fields. Fails, and gives as many empty ones, if the line is
  // missing, not ended or has another number of fields.
  Fields Next(size_t count, absl::string_view expected) {
    ++line_;
    const size_t end = rest_.find('\n');
    if (end == absl::string_view::npos) {
      Fail(expected);
      return Fields(count);
    }
    Fields fields = absl::StrSplit(rest_.substr(0, end), '\t');
    rest_.remove_prefix(end + 1);
    if (fields.size() != count) {
      Fail(expected);
      return Fields(count);
    }
    return fields;
  }

  // The number of rows of the section that begins here.
  int64_t Section(absl::string_view name) {
    const std::string expected =
        absl::StrCat("the section \"", name, "\" with its number of rows");
    const Fields fields = Next(2, expected);
    int64_t count = 0;
    if (fields[0] != name || !absl::SimpleAtoi(fields[1], &count) ||
        count < 0) {
      Fail(expected);
      return 0;
    }
    return count;
  }

  LatLng Location(absl::string_view lat, absl::string_view lng) {
    LatLng where;
    if (!absl::SimpleAtod(lat, &where.lat_deg) ||
        !absl::SimpleAtod(lng, &where.lng_deg) || !IsOnEarth(where)) {
      Fail("latitude and longitude in degrees");
    }
    return where;
  }

  int32_t Population(absl::string_view field) {
    int32_t population = 0;
    if (!absl::SimpleAtoi(field, &population) || population < 0) {
      Fail("a population of 0 or more");
    }
    return population;
  }

  bool Flag(absl::string_view field) {
    if (field != "0" && field != "1") Fail("0 or 1 for \"inferred\"");
    return field == "1";
  }

  void Fail(absl::string_view expected) {
    if (!status_.ok()) return;
    status_ = absl::DataLossError(
        absl::StrCat("line ", line_, ": expected ", expected));
  }

  bool ok() const { return status_.ok(); }
  const absl::Status& status() const { return status_; }
  absl::string_view rest() const { return rest_; }

 private:
  absl::string_view rest_;
  int64_t line_ = 0;
  absl::Status status_;
};

absl::Status CheckHeader(LineReader& reader) {
  const Fields header = reader.Next(
      2, absl::StrCat("\"", kMagic, "\" and the version of the format"));
  int version = 0;
  if (header[0] != kMagic || !absl::SimpleAtoi(header[1], &version) ||
      version < 1) {
    reader.Fail(absl::StrCat("\"", kMagic, "\" and the version of the format"));
    return reader.status();
  }
  if (version > kGazetteerVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("line 1: the file has format version ", version,
                     ", written by a newer "
                     "Heimweg; this one reads version ",
                     kGazetteerVersion));
  }
  return absl::OkStatus();
}

// Rows of municipalities and localities have the same fields.
template <typename Row>
void ReadSettlements(LineReader& reader, absl::string_view section,
                     std::vector<Row>& rows) {
  for (int64_t n = reader.Section(section); n > 0 && reader.ok(); --n) {
    const Fields f =
        reader.Next(5, "ags, name, latitude, longitude, population");
    Row row;
    row.ags = std::string(f[0]);
    row.name = std::string(f[1]);
    row.location = reader.Location(f[2], f[3]);
    row.population = reader.Population(f[4]);
    rows.push_back(std::move(row));
  }
}

void ReadPostalCodes(LineReader& reader, std::vector<PostalCode>& codes) {
  for (int64_t n = reader.Section("postal_codes"); n > 0 && reader.ok(); --n) {
    const Fields f =
        reader.Next(5, "postcode, district AGS, latitude, longitude, inferred");
    codes.push_back({std::string(f[0]),
                     reader.Location(f[2], f[3]),
                     std::string(f[1]),
                     reader.Flag(f[4]),
                     {}});
  }
  size_t at = 0;
  for (int64_t n = reader.Section("postal_places"); n > 0 && reader.ok(); --n) {
    const Fields f =
        reader.Next(6, "postcode, name, ags, latitude, longitude, inferred");
    while (at < codes.size() && codes[at].code != f[0]) ++at;
    if (at == codes.size()) {
      reader.Fail("a postcode of postal_codes, in the same order");
      return;
    }
    codes[at].places.push_back({std::string(f[1]), std::string(f[2]),
                                reader.Location(f[3], f[4]),
                                reader.Flag(f[5])});
  }
}

}  // namespace

uint64_t Fingerprint(absl::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325;
  for (char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

std::string FormatGazetteer(const GazetteerTables& tables) {
  std::string text = absl::StrCat(kMagic, "\t", kGazetteerVersion, "\n");
  AppendSection(text, "districts", tables.districts.size());
  for (const District& row : tables.districts) {
    absl::StrAppend(&text, row.ags, "\t", row.name, "\t",
                    Coordinates(row.location), "\n");
  }
  AppendSection(text, "municipalities", tables.municipalities.size());
  for (const Municipality& row : tables.municipalities) {
    absl::StrAppend(&text, row.ags, "\t", row.name, "\t",
                    Coordinates(row.location), "\t", row.population, "\n");
  }
  AppendSection(text, "localities", tables.localities.size());
  for (const Locality& row : tables.localities) {
    absl::StrAppend(&text, row.ags, "\t", row.name, "\t",
                    Coordinates(row.location), "\t", row.population, "\n");
  }
  AppendSection(text, "postal_codes", tables.postal_codes.size());
  size_t places = 0;
  for (const PostalCode& row : tables.postal_codes) {
    places += row.places.size();
    absl::StrAppend(&text, row.code, "\t", row.district_ags, "\t",
                    Coordinates(row.location), "\t", row.inferred ? 1 : 0,
                    "\n");
  }
  AppendSection(text, "postal_places", places);
  for (const PostalCode& code : tables.postal_codes) {
    for (const PostalPlace& row : code.places) {
      absl::StrAppend(&text, code.code, "\t", row.name, "\t", row.ags, "\t",
                      Coordinates(row.location));
      absl::StrAppend(&text, "\t", row.inferred ? 1 : 0, "\n");
    }
  }
  absl::StrAppendFormat(&text, "end\t%016x\n", Fingerprint(text));
  return text;
}

absl::StatusOr<GazetteerTables> ParseGazetteer(absl::string_view text) {
  LineReader reader(text);
  if (absl::Status status = CheckHeader(reader); !status.ok()) return status;
  GazetteerTables tables;
  for (int64_t n = reader.Section("districts"); n > 0 && reader.ok(); --n) {
    const Fields f = reader.Next(4, "ags, name, latitude, longitude");
    tables.districts.push_back(
        {std::string(f[0]), std::string(f[1]), reader.Location(f[2], f[3])});
  }
  if (reader.ok()) {
    ReadSettlements(reader, "municipalities", tables.municipalities);
  }
  if (reader.ok()) ReadSettlements(reader, "localities", tables.localities);
  if (reader.ok()) ReadPostalCodes(reader, tables.postal_codes);
  if (!reader.ok()) return reader.status();
  const size_t checked = text.size() - reader.rest().size();
  const Fields end = reader.Next(2, "\"end\" and the checksum");
  if (end[0] != "end" ||
      end[1] !=
          absl::StrFormat("%016x", Fingerprint(text.substr(0, checked)))) {
    reader.Fail(
        "\"end\" and the checksum of all before; the file was changed "
        "or damaged");
  }
  if (!reader.rest().empty()) reader.Fail("nothing after \"end\"");
  if (!reader.ok()) return reader.status();
  return tables;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) {
    return absl::DataLossError(absl::StrCat(path, ": reading failed"));
  }
  return bytes;
}

absl::Status ReplaceFile(const std::string& path, absl::string_view bytes) {
  const std::string fresh = absl::StrCat(path, ".new");
  const auto failed = [&](absl::string_view what) {
    return absl::ErrnoToStatus(errno, absl::StrCat(fresh, ": ", what));
  };
  const int fd =
      open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return failed("cannot be created");
  absl::Status status;
  while (!bytes.empty() && status.ok()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) status = failed("cannot be written");
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (status.ok() && fsync(fd) != 0) status = failed("cannot be synced");
  if (close(fd) != 0 && status.ok()) status = failed("cannot be closed");
  if (status.ok() && rename(fresh.c_str(), path.c_str()) != 0) {
    status = failed("cannot be renamed");
  }
  if (!status.ok()) unlink(fresh.c_str());
  return status;
}

}  // namespace heimweg::places
