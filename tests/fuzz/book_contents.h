// What lies in the store of a book of jobs, read past the code that wrote it,
// and whether its parts agree.
#ifndef HEIMWEG_TESTS_FUZZ_BOOK_CONTENTS_H_
#define HEIMWEG_TESTS_FUZZ_BOOK_CONTENTS_H_

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "services/jobs/job_kind.h"
#include "services/offers/common_rules.h"
#include "services/offers/index_terms.h"
#include "storage/keys.h"
#include "storage/store.h"
#include "tests/fuzz/input.h"

namespace heimweg::fuzz {

inline constexpr uint32_t kPublicTable = 1;
inline constexpr uint32_t kPersonalTable = 2;

// What lies in a store, read without any of the code that wrote it but the
// keys' codec.
struct Contents {
  std::map<std::string, jobs::v1::Job> records;
  std::set<std::pair<std::string, std::string>> index;  // term, id
  std::set<std::string> personal;
};

inline Contents ReadAll(const storage::Store& store) {
  Contents contents;
  const auto reader = store.Read();
  Require(reader.ok(), "the store can be read");
  const storage::KeyRange rows = storage::TableRange(kPublicTable);
  Require(
      (*reader)
          ->Scan(rows.begin, rows.end,
                 [&](absl::string_view key, absl::string_view value) {
                   if (auto id = storage::ParseRecordId(kPublicTable, key)) {
                     Require(contents.records[*id].ParseFromString(
                                 std::string(value.substr(8))),
                             "records parse");
                     return true;
                   }
                   auto entry = storage::ParseIndexKey(kPublicTable, key);
                   Require(entry.has_value(), "a table has no other rows");
                   contents.index.emplace(entry->term, entry->id);
                   return true;
                 })
          .ok(),
      "the table can be read");
  const storage::KeyRange personal = storage::TableRange(kPersonalTable);
  Require((*reader)
              ->Scan(personal.begin, personal.end,
                     [&](absl::string_view key, absl::string_view) {
                       auto id = storage::ParseRecordId(kPersonalTable, key);
                       Require(id.has_value(), "personal parts have no index");
                       contents.personal.insert(*id);
                       return true;
                     })
              .ok(),
          "the personal table can be read");
  return contents;
}

inline std::set<std::string> ExpectedTerms(const jobs::v1::Job& job) {
  std::set<std::string> terms;
  for (const std::string& text : jobs::JobKind::Terms(job)) {
    terms.insert(offers::KindTerm(text));
  }
  const std::string& ags = job.place().resolved().ags();
  if (!ags.empty()) terms.insert(offers::DistrictTerm(ags));
  if (job.validity().has_end_time()) {
    terms.insert(offers::EndTerm(offers::ToTime(job.validity().end_time())));
  }
  if (!job.external_id().empty()) {
    terms.insert(offers::ExternalTerm(job.source(), job.external_id()));
  }
  return terms;
}

inline void CheckContents(const Contents& contents) {
  std::set<std::pair<std::string, std::string>> expected;
  std::set<std::pair<std::string, std::string>> external;
  for (const auto& [id, job] : contents.records) {
    for (const std::string& term : ExpectedTerms(job)) {
      expected.emplace(term, id);
    }
    if (job.external_id().empty()) continue;
    const std::string network = id.substr(0, id.find('/'));
    Require(external
                .emplace(network,
                         offers::ExternalTerm(job.source(), job.external_id()))
                .second,
            "a network has one offer with a source and external id");
    Require(!job.has_contact_person(), "public records hold no person");
  }
  Require(contents.index == expected, "the index is that of the records");
  for (const std::string& id : contents.personal) {
    Require(contents.records.count(id) == 1, "no personal part stays alone");
  }
}

}  // namespace heimweg::fuzz

#endif  // HEIMWEG_TESTS_FUZZ_BOOK_CONTENTS_H_
