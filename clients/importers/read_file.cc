#include "clients/importers/read_file.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/importers/archive.h"
#include "clients/importers/registry.h"
#include "clients/importers/utf8_source.h"

namespace heimweg::importers {
namespace {

constexpr size_t kHeadBytes = 8 << 10;

// Counts what is read.
class CountedSource : public ByteSource {
 public:
  CountedSource(ByteSource& source, ReadProgress& progress)
      : source_(source), progress_(progress) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    auto count = source_.Read(buffer, size);
    if (count.ok()) {
      progress_.bytes.fetch_add(static_cast<int64_t>(*count),
                                std::memory_order_relaxed);
    }
    return count;
  }

 private:
  ByteSource& source_;
  ReadProgress& progress_;
};

// Adds the file's name to the origins.
class NamingSink : public Sink {
 public:
  NamingSink(Sink& sink, std::string file)
      : sink_(sink), file_(std::move(file)) {}
  void Begin(const Format& format) override { sink_.Begin(format); }
  absl::Status Accept(Record record) override {
    record.origin.file = file_;
    return sink_.Accept(std::move(record));
  }
  absl::Status Reject(Rejection rejection) override {
    rejection.origin.file = file_;
    return sink_.Reject(std::move(rejection));
  }
  absl::Status FullLoad(absl::string_view source) override {
    return sink_.FullLoad(source);
  }
  absl::Status Skip(const Origin& origin, absl::string_view why) override {
    Origin named = origin;
    named.file = file_;
    return sink_.Skip(named, why);
  }

 private:
  Sink& sink_;
  const std::string file_;
};

absl::Status InFile(absl::string_view file, const absl::Status& status) {
  if (status.ok()) return status;
  return absl::Status(status.code(),
                      absl::StrCat(file, ": ", status.message()));
}

// The head in UTF-8, for recognition; as it is if it is of an encoding that
// only the file itself names, if any: all of these begin as ASCII does.
std::string HeadText(absl::string_view head) {
  StringSource bytes(head);
  auto utf8 = Utf8Source::Open(bytes, "");
  if (!utf8.ok()) return std::string(head);
  std::string text(head.size() * 3, '\0');
  size_t size = 0;
  while (size < text.size()) {
    const auto count = (*utf8)->Read(&text[size], text.size() - size);
    if (!count.ok() || *count == 0) break;
    size += *count;
  }
  text.resize(size);
  return absl::StartsWith(head, text) ? std::string(head) : text;
}

// The format to read with, or why not.
absl::StatusOr<const Format*> Agree(const Format* asked,
                                    absl::string_view head) {
  const Recognition seen = Recognize(HeadText(head));
  if (asked == nullptr) {
    if (seen.format != nullptr) return seen.format;
    if (seen.name.empty() && IsTable(HeadText(head))) {
      return absl::InvalidArgumentError(
          "this is a table (CSV); heimweg import csv reads it with a mapping "
          "file");
    }
    return absl::InvalidArgumentError(
        seen.name.empty()
            ? "this is no format that is known; name the format"
            : absl::StrCat("this is ", seen.name, ", which is not imported"));
  }
  if (seen.name.empty() || seen.format == asked ||
      asked->Recognizes(HeadText(head))) {
    return asked;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("this is ", seen.name, ", not ", asked->name(),
                   seen.format == nullptr
                       ? "; it is not imported"
                       : absl::StrCat("; try: heimweg import ", seen.name)));
}

bool IsRead(const Format* format, absl::string_view name) {
  const std::string lower = absl::AsciiStrToLower(name);
  if (format == nullptr) {
    for (const Format* any : AllFormats()) {
      if (IsRead(any, name)) return true;
    }
    return false;
  }
  const auto endings = format->extensions();
  return std::any_of(
      endings.begin(), endings.end(),
      [&lower](const auto& ending) { return absl::EndsWith(lower, ending); });
}

// What a file of `format` is, for errors: "openimmo (*.xml, *.zip)".
std::string Expected(const Format* format) {
  if (format == nullptr) return "a file to import";
  return absl::StrCat(
      format->name(), " (",
      absl::StrJoin(format->extensions(), ", ",
                    [](std::string* out, const std::string& ending) {
                      absl::StrAppend(out, "*", ending);
                    }),
      ")");
}

absl::Status ReadOne(ByteSource& bytes, const std::string& name,
                     const Format* format, const ReadOptions& options,
                     Sink& sink) {
  PeekSource source(bytes);
  const auto head = source.Peek(kHeadBytes);
  if (!head.ok()) return head.status();
  const auto agreed = Agree(format, *head);
  if (!agreed.ok()) return InFile(name, agreed.status());
  NamingSink naming(sink, name);
  naming.Begin(**agreed);
  return InFile(name, (*agreed)->Read(source, options, naming));
}

absl::Status ReadZip(ByteSource& bytes, const std::string& path,
                     const Format* format, const ReadOptions& options,
                     Sink& sink) {
  Archive archive(bytes);
  int files = 0;
  while (true) {
    const auto more = archive.Next();
    if (!more.ok()) return InFile(path, more.status());
    if (!*more) break;
    if (archive.is_folder() || !IsRead(format, archive.name())) continue;
    ++files;
    absl::Status status =
        ReadOne(archive, absl::StrCat(path, "/", archive.name()), format,
                options, sink);
    if (!status.ok()) return status;
  }
  if (files > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": the ZIP archive has no file of ",
                   format == nullptr ? "a known" : "this", " format in it"));
}

}  // namespace

absl::Status ReadFile(const std::string& path, std::istream& standard_in,
                      const Format* format, const ReadOptions& options,
                      Sink& sink, ReadProgress& progress) {
  std::unique_ptr<FileSource> file;
  if (path == "-") {
    file = std::make_unique<FileSource>(standard_in, "standard input");
  } else {
    auto opened = FileSource::Open(path, Expected(format));
    if (!opened.ok()) return opened.status();
    file = *std::move(opened);
  }
  CountedSource counted(*file, progress);
  PeekSource source(counted);
  const auto head = source.Peek(4);
  if (!head.ok()) return head.status();
  if (IsZip(*head)) return ReadZip(source, path, format, options, sink);
  return ReadOne(source, path, format, options, sink);
}

}  // namespace heimweg::importers
