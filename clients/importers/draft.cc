#include "clients/importers/draft.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "clients/importers/field_text.h"
#include "clients/importers/html_text.h"

namespace heimweg::importers {
namespace {

constexpr size_t kLongestCode = 32;

bool IsCodeSign(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         c == '-' || c == ' ' || c == '/';
}

// People's names and numbers do not look like this: a word or two, at most four
// digits.
bool LooksLikeACode(absl::string_view value) {
  return !value.empty() && value.size() <= kLongestCode &&
         std::all_of(value.begin(), value.end(), IsCodeSign) &&
         std::count_if(value.begin(), value.end(), absl::ascii_isdigit) <= 4 &&
         std::count(value.begin(), value.end(), ' ') <= 1;
}

}  // namespace

Draft::Draft(Kind kind, Origin origin)
    : row_(NewRow(kind)), origin_(std::move(origin)) {}

jobs::v1::Job& Draft::job() { return static_cast<jobs::v1::Job&>(*row_); }

contacts::v1::Contact& Draft::contact() {
  return static_cast<contacts::v1::Contact&>(*row_);
}

profiles::v1::Profile& Draft::profile() {
  return static_cast<profiles::v1::Profile&>(*row_);
}

void Draft::Repaired(absl::string_view name, absl::string_view field) {
  for (const Repair& repair : repairs_) {
    if (repair.name == name && repair.field == field) return;
  }
  repairs_.push_back({std::string(name), std::string(field)});
}

void Draft::Unknown(absl::string_view what, absl::string_view value,
                    absl::string_view field) {
  const std::string line = absl::AsciiStrToLower(OneLine(value));
  if (line.empty()) return;
  Repaired(LooksLikeACode(line) ? absl::StrCat("unknown-", what, ":", line)
                                : absl::StrCat("unknown-", what),
           field);
}

void Draft::Wrong(absl::string_view field, absl::string_view expected) {
  AddViolation(field, expected, violations_);
}

std::string Draft::Line(size_t most, absl::string_view text,
                        absl::string_view field) {
  // "B&auml;cker", which pages put into their data for machines; not where a
  // tag might be something else, as in "C<T>".
  const bool has_references =
      text.find('<') == absl::string_view::npos && LooksLikeHtml(text);
  std::string line = OneLine(has_references ? HtmlText(text) : text);
  if (CutTo(most, line)) Repaired("cut", field);
  return line;
}

std::string Draft::Lines(size_t most, absl::string_view text,
                         absl::string_view field) {
  std::string lines = LooksLikeHtml(text) ? HtmlText(text) : ManyLines(text);
  if (CutTo(most, lines)) Repaired("cut", field);
  return lines;
}

std::string Draft::Uri(absl::string_view text, absl::string_view field) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return "";
  if (HostOf(text).empty() || text.size() > 2'000 ||
      text.find_first_of(" \t\r\n") != absl::string_view::npos) {
    Repaired("uri-dropped", field);
    return "";
  }
  return std::string(text);
}

void Draft::AddTo(google::protobuf::RepeatedPtrField<std::string>& list,
                  int count, absl::string_view text, absl::string_view field) {
  std::string line = Line(100, text, field);
  if (line.empty() || std::find(list.begin(), list.end(), line) != list.end()) {
    return;
  }
  if (list.size() >= count) return Repaired("list-cut", field);
  *list.Add() = std::move(line);
}

absl::Status Draft::Give(absl::string_view text, Sink& sink) && {
  if (violations_.empty()) {
    Record record;
    record.row = std::move(row_);
    record.repairs = std::move(repairs_);
    record.origin = std::move(origin_);
    return sink.Accept(std::move(record));
  }
  Rejection rejection;
  rejection.origin = std::move(origin_);
  rejection.violations = std::move(violations_);
  rejection.row = std::move(row_);
  rejection.text = std::string(text);
  return sink.Reject(std::move(rejection));
}

absl::Status Draft::Delete(Sink& sink) && {
  Record record;
  record.action = Record::Action::kDelete;
  record.row = std::move(row_);
  record.origin = std::move(origin_);
  return sink.Accept(std::move(record));
}

SourcedSink::SourcedSink(Sink& sink, const ReadOptions& options,
                         absl::string_view format)
    : sink_(sink),
      source_(options.source.empty() ? std::string(format) : options.source) {}

void SourcedSink::Fill(google::protobuf::Message* row) const {
  if (row == nullptr) return;
  const auto* field = row->GetDescriptor()->FindFieldByName("source");
  if (field == nullptr) return;
  const google::protobuf::Reflection& reflection = *row->GetReflection();
  if (!reflection.GetString(*row, field).empty()) return;
  reflection.SetString(row, field, source_);
}

absl::Status SourcedSink::Accept(Record record) {
  Fill(record.row.get());
  return sink_.Accept(std::move(record));
}

absl::Status SourcedSink::Reject(Rejection rejection) {
  Fill(rejection.row.get());
  return sink_.Reject(std::move(rejection));
}

absl::Status SourcedSink::FullLoad(absl::string_view source) {
  return sink_.FullLoad(source.empty() ? absl::string_view(source_) : source);
}

absl::Status SourcedSink::Skip(const Origin& origin, absl::string_view why) {
  return sink_.Skip(origin, why);
}

std::string ContentId(const std::vector<absl::string_view>& parts) {
  uint64_t hash = 14695981039346656037U;
  for (const absl::string_view part : parts) {
    for (const char c : absl::StrCat(part, "\n")) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
  }
  return absl::StrFormat("%016x", hash);
}

std::string HostOf(absl::string_view uri) {
  uri = absl::StripAsciiWhitespace(uri);
  if (!absl::StartsWithIgnoreCase(uri, "http://") &&
      !absl::StartsWithIgnoreCase(uri, "https://")) {
    return "";
  }
  uri.remove_prefix(uri.find("//") + 2);
  std::string host =
      absl::AsciiStrToLower(uri.substr(0, uri.find_first_of("/?#:")));
  if (absl::StartsWith(host, "www.")) host.erase(0, 4);
  return host;
}

}  // namespace heimweg::importers
