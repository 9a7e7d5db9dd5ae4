// OccupationCatalog: all that is known of occupations and skills at a time: the
// built-in table of KldB 2010, and what was imported of KldB, ESCO and the
// employment agency's crosswalk between them.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_OCCUPATION_CATALOG_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_OCCUPATION_CATALOG_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/occupations/ba_crosswalk.h"
#include "services/occupations/catalog_source.h"
#include "services/occupations/esco.h"
#include "services/occupations/inferred_titles.h"
#include "services/occupations/kldb_file.h"
#include "services/occupations/kldb_titles.h"
#include "services/occupations/skill_catalog.h"
#include "services/occupations/title_resolver.h"
#include "services/occupations/title_suggester.h"

namespace heimweg::occupations {

// Null: not imported.
struct CatalogImports {
  std::shared_ptr<const Esco> esco;
  std::shared_ptr<const KldbFile> kldb;
  std::shared_ptr<const BaCrosswalk> crosswalk;
};

enum class Scheme { kKldb, kEsco };

// An occupation of either scheme; lives as long as its catalog.
struct CatalogEntry {
  // Of KldB: its code. Of ESCO: the nearest by the crosswalk, or empty.
  std::string kldb_code;
  const EscoOccupation* esco = nullptr;  // null: of KldB

  friend bool operator==(const CatalogEntry&, const CatalogEntry&) = default;
};

struct CatalogMatch {
  CatalogEntry entry;
  double probability = 0;
  MatchReason reason = MatchReason::kDescription;
  std::string label;  // that fits best
};

struct CatalogResolution {
  std::vector<CatalogMatch> matches;
  bool sure = false;  // see kSureProbability
};

struct CatalogSuggestion {
  CatalogEntry entry;
  std::string label;
};

// Immutable; Thread-safe.
class OccupationCatalog {
 public:
  // About 50 ms; with the whole of ESCO v1.2.0 and the crosswalk 1 to 2 s.
  explicit OccupationCatalog(CatalogImports imports);

  // Without any import, made once.
  static const std::shared_ptr<const OccupationCatalog>& BuiltIn();

  bool has_esco() const { return imports_.esco != nullptr; }
  const SkillCatalog& skills() const { return skills_; }

  // Of KldB, by code, with usual titles.
  const std::vector<KldbRow>& kldb() const { return kldb_; }
  const KldbRow* FindKldb(absl::string_view code) const;

  // Empty without ESCO.
  const std::vector<EscoOccupation>& esco_occupations() const;

  // By URI; nullopt if there is none.
  std::optional<CatalogEntry> FindEsco(absl::string_view uri) const;

  // At most `limit`, likeliest first. Of KldB the code is exact where the title
  // is one of its names, else that of the group. Of ESCO none if it is not
  // imported.
  CatalogResolution Resolve(Scheme scheme, absl::string_view title,
                            size_t limit) const;

  // See TitleSuggester.
  std::vector<CatalogSuggestion> Suggest(Scheme scheme, absl::string_view typed,
                                         size_t limit) const;

  // What a job title surely means in either scheme: it is one of the names, and
  // the likeliest by kSureProbability. Of the first 200 bytes. What was asked
  // before is remembered.
  InferredOccupation Infer(absl::string_view title) const;

  // An occupation of ESCO with the code that the crosswalk has nearest to it;
  // without both if it knows none.
  InferredOccupation InKldb(absl::string_view uri) const;

  // What of ESCO an occupation of this code of KldB is: that which `title`
  // surely means, if its code agrees in the sub-group (4 digits); else the only
  // one that the crosswalk has under the code. Without both otherwise: most
  // codes stand for many.
  InferredOccupation InEsco(const std::string& kldb_code,
                            absl::string_view title) const;

  // The skills that an occupation of ESCO needs in any case, in the order of
  // the download; empty if none are known.
  std::vector<const EscoSkill*> EssentialSkills(absl::string_view uri) const;

 private:
  InferredOccupation InferAnew(absl::string_view title) const;
  CatalogEntry EntryOf(Scheme scheme, uint32_t occupation,
                       const std::string& exact_code) const;
  void LinkToKldb();
  void ListEssentialSkills();

  const CatalogImports imports_;
  const KldbTitles titles_;
  const std::vector<KldbRow> kldb_;
  const SkillCatalog skills_;
  const TitleResolver kldb_resolver_;
  std::vector<EscoOccupation> kldb_names_;  // by code, of kldb_suggester_
  std::unique_ptr<const TitleSuggester> kldb_suggester_;
  // Null without ESCO.
  std::unique_ptr<const TitleResolver> esco_resolver_;
  std::unique_ptr<const TitleSuggester> esco_suggester_;
  // URI -> place in esco_resolver_->occupations().
  absl::flat_hash_map<std::string, uint32_t> esco_places_;
  std::vector<std::string> esco_codes_;  // of KldB, by place
  // Code of KldB -> the only place under it, kManyPlaces if there are more.
  absl::flat_hash_map<std::string, uint32_t> only_places_;
  std::vector<std::vector<uint32_t>> essential_;  // skills, by place
  const std::unique_ptr<InferredTitles> inferred_ =
      std::make_unique<InferredTitles>();
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_OCCUPATION_CATALOG_H_
