// Terms that offers and wishes share: skills, topics, names of employers. Each
// gets a number, so that columns hold numbers. They are compared without case,
// as Unicode folds it.
#ifndef HEIMWEG_SERVICES_MATCHING_TERMS_H_
#define HEIMWEG_SERVICES_MATCHING_TERMS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/matching/taxonomy.h"
#include "storage/mutex.h"

namespace heimweg::matching {

// `text` case-folded and composed (NFC); bytes that are not UTF-8 stay as they
// are, with ASCII letters folded.
std::string FoldCase(absl::string_view text);

// A number for a text, the same for the life of the process. Different texts
// may have the same.
uint32_t TextHash(absl::string_view text);

// Numbers for texts, from 1 on; 0 is no text. A number, once given, stays:
// terms are never taken out while the process lives. Thread-safe.
class TermTable {
 public:
  // 0 for an empty text.
  uint32_t Intern(absl::string_view text);

  // 0 if it has no number.
  uint32_t Find(absl::string_view text) const;

  // TextHash of the text with this number.
  uint32_t HashOf(uint32_t number) const;

  // Greatest number given so far.
  uint32_t size() const;

  // Roughly what the table takes.
  int64_t Bytes() const;

 private:
  mutable storage::Mutex mutex_;
  absl::flat_hash_map<std::string, uint32_t> numbers_ ABSL_GUARDED_BY(mutex_);
  std::vector<uint32_t> hashes_ ABSL_GUARDED_BY(mutex_);  // by number - 1
  int64_t text_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

// The tables of one kind of offer; those that it has no use for stay empty.
// Folded: employers, landlords, topics, hooks. As Taxonomy says: skills. As
// written: networks, esco_uris.
struct Dictionaries {
  explicit Dictionaries(std::shared_ptr<const Taxonomy> known_skills)
      : taxonomy(std::move(known_skills)) {}

  const std::shared_ptr<const Taxonomy> taxonomy;  // never null
  TermTable networks;
  TermTable esco_uris;
  TermTable skills;
  TermTable employers;
  TermTable landlords;
  TermTable topics;
  TermTable hooks;

  int64_t Bytes() const {
    return networks.Bytes() + esco_uris.Bytes() + skills.Bytes() +
           employers.Bytes() + landlords.Bytes() + topics.Bytes() +
           hooks.Bytes();
  }
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_TERMS_H_
