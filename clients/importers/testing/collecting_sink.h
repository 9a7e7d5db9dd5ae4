// A sink for tests of formats: keeps what it gets.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_TESTING_COLLECTING_SINK_H_
#define HEIMWEG_CLIENTS_IMPORTERS_TESTING_COLLECTING_SINK_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/format.h"
#include "gtest/gtest.h"

namespace heimweg::importers {

struct CollectingSink : public Sink {
  std::vector<Record> records;
  std::vector<Rejection> rejections;
  std::vector<std::string> full_loads;
  std::vector<std::string> skipped;  // why

  absl::Status Accept(Record record) override {
    records.push_back(std::move(record));
    return absl::OkStatus();
  }
  absl::Status Reject(Rejection rejection) override {
    rejections.push_back(std::move(rejection));
    return absl::OkStatus();
  }
  absl::Status FullLoad(absl::string_view source) override {
    full_loads.emplace_back(source);
    return absl::OkStatus();
  }
  absl::Status Skip(const Origin&, absl::string_view why) override {
    skipped.emplace_back(why);
    return absl::OkStatus();
  }

  // A record's row as what it is.
  template <typename Offer>
  const Offer& Row(size_t i) const {
    return static_cast<const Offer&>(*records.at(i).row);
  }
  // "name field" of each repair of a record.
  std::vector<std::string> Repairs(size_t i) const {
    std::vector<std::string> texts;
    for (const Repair& repair : records.at(i).repairs) {
      texts.push_back(absl::StrCat(repair.name, " ", repair.field));
    }
    return texts;
  }
  // "line field: description" of each violation.
  std::vector<std::string> Violations() const {
    std::vector<std::string> texts;
    for (const Rejection& rejection : rejections) {
      for (const auto& violation : rejection.violations) {
        texts.push_back(absl::StrCat(rejection.origin.line, " ",
                                     violation.field(), ": ",
                                     violation.description()));
      }
    }
    return texts;
  }
  // Reads `text` with `format`.
  absl::Status Read(const Format& format, absl::string_view text,
                    const ReadOptions& options) {
    StringSource source(text);
    return format.Read(source, options, *this);
  }
};

// What `format` makes of a text that it has to be able to read.
inline CollectingSink ReadAll(const Format* format, absl::string_view text,
                              Kind kind = Kind::kJobs) {
  CollectingSink sink;
  ReadOptions options;
  options.kind = kind;
  const absl::Status status = sink.Read(*format, text, options);
  EXPECT_TRUE(status.ok()) << status;
  return sink;
}

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_TESTING_COLLECTING_SINK_H_
