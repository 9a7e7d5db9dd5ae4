#include "services/occupations/occupation_catalog.h"

#include <algorithm>
#include <map>
#include <utility>

namespace heimweg::occupations {
namespace {

constexpr size_t kLongestAskedTitle = 200;
constexpr size_t kIndexedDigits = 3;

// How much a relation says of two concepts being the same: that of the strong
// ones more than that of several weak ones.
constexpr uint32_t kManyPlaces = ~uint32_t{0};
constexpr size_t kAgreeingDigits = 4;

int WeightOf(CrosswalkRelation relation) {
  switch (relation) {
    case CrosswalkRelation::kExact:
      return 3;
    case CrosswalkRelation::kClose:
      return 2;
    case CrosswalkRelation::kNarrow:
    case CrosswalkRelation::kBroad:
      return 1;
  }
  return 0;
}

bool IsOneOfItsNames(MatchReason reason) {
  return reason == MatchReason::kSameTitle || reason == MatchReason::kSameParts;
}

const std::string& LabelOf(const EscoOccupation& one, uint32_t label) {
  return label == 0 ? one.preferred_label : one.other_labels[label - 1];
}

// ESCO's occupations, also under the agency's titles that mean the same.
std::vector<EscoOccupation> WithAgencyTitles(const Esco& esco,
                                             const BaCrosswalk* crosswalk) {
  std::vector<EscoOccupation> all = esco.occupations;
  if (crosswalk == nullptr) return all;
  absl::flat_hash_map<std::string, size_t> places;
  for (size_t i = 0; i < all.size(); ++i) places.emplace(all[i].uri, i);
  for (const CrosswalkRow& row : crosswalk->occupations) {
    const auto place = places.find(row.esco_uri);
    if (place == places.end() || WeightOf(row.relation) < 2) continue;
    EscoOccupation& one = all[place->second];
    auto& labels = one.other_labels;
    if (row.ba_title != one.preferred_label &&
        std::find(labels.begin(), labels.end(), row.ba_title) == labels.end()) {
      labels.push_back(row.ba_title);
    }
  }
  return all;
}

// Each code of at least three digits under its own names.
std::vector<EscoOccupation> NamesByCode(const KldbTitles& titles,
                                        const std::vector<KldbRow>& rows) {
  std::map<std::string, EscoOccupation> by_code;
  for (const KldbRow& row : rows) {
    if (row.code.size() < kIndexedDigits) continue;
    EscoOccupation& one = by_code[row.code];
    one.uri = row.code;
    one.preferred_label = row.title;
  }
  for (size_t i = 0; i < titles.groups.size(); ++i) {
    const std::vector<std::string>& labels = titles.groups[i].other_labels;
    for (size_t j = 0; j < labels.size(); ++j) {
      const std::string& code = titles.codes[i][j + 1];
      EscoOccupation& one = by_code[code];
      // A code that only the crosswalk knows.
      if (one.uri.empty()) {
        one.uri = code;
        one.preferred_label = titles.groups[i].preferred_label;
      }
      one.other_labels.push_back(labels[j]);
    }
  }
  std::vector<EscoOccupation> all;
  all.reserve(by_code.size());
  for (auto& [code, one] : by_code) all.push_back(std::move(one));
  return all;
}

}  // namespace

OccupationCatalog::OccupationCatalog(CatalogImports imports)
    : imports_(std::move(imports)),
      titles_(CollectKldbTitles(imports_.kldb.get(), imports_.crosswalk.get())),
      kldb_(CollectKldbRows(imports_.kldb.get(), imports_.crosswalk.get())),
      skills_(imports_.esco.get(), imports_.crosswalk.get()),
      kldb_resolver_(titles_.groups),
      kldb_names_(NamesByCode(titles_, kldb_)),
      kldb_suggester_(std::make_unique<TitleSuggester>(kldb_names_)) {
  if (imports_.esco == nullptr) return;
  esco_resolver_ = std::make_unique<TitleResolver>(
      WithAgencyTitles(*imports_.esco, imports_.crosswalk.get()));
  const auto& occupations = esco_resolver_->occupations();
  esco_suggester_ = std::make_unique<TitleSuggester>(occupations);
  for (size_t i = 0; i < occupations.size(); ++i) {
    esco_places_.emplace(occupations[i].uri, static_cast<uint32_t>(i));
  }
  LinkToKldb();
  ListEssentialSkills();
}

const std::shared_ptr<const OccupationCatalog>& OccupationCatalog::BuiltIn() {
  // Made once from constants, not state.
  static const auto* const built_in =
      new std::shared_ptr<const OccupationCatalog>(
          std::make_shared<const OccupationCatalog>(CatalogImports()));
  return *built_in;
}

CatalogSource BuiltInCatalog() {
  return [] { return OccupationCatalog::BuiltIn(); };
}

void OccupationCatalog::LinkToKldb() {
  esco_codes_.resize(esco_places_.size());
  if (imports_.crosswalk == nullptr) return;
  std::vector<std::map<std::string, int>> weights(esco_codes_.size());
  for (const CrosswalkRow& row : imports_.crosswalk->occupations) {
    const auto place = esco_places_.find(row.esco_uri);
    if (place == esco_places_.end()) continue;
    weights[place->second][row.kldb_code] += WeightOf(row.relation);
  }
  for (size_t i = 0; i < weights.size(); ++i) {
    int most = 0;
    for (const auto& [code, weight] : weights[i]) {
      if (weight <= most) continue;
      most = weight;
      esco_codes_[i] = code;
    }
    if (most == 0) continue;
    const auto [only, first] =
        only_places_.try_emplace(esco_codes_[i], static_cast<uint32_t>(i));
    if (!first) only->second = kManyPlaces;
  }
}

void OccupationCatalog::ListEssentialSkills() {
  essential_.resize(imports_.esco->occupations.size());
  for (const EscoRelation& relation : imports_.esco->relations) {
    if (relation.essential) {
      essential_[relation.occupation].push_back(relation.skill);
    }
  }
}

const KldbRow* OccupationCatalog::FindKldb(absl::string_view code) const {
  const auto found =
      std::lower_bound(kldb_.begin(), kldb_.end(), code,
                       [](const KldbRow& row, absl::string_view value) {
                         return absl::string_view(row.code) < value;
                       });
  return found != kldb_.end() && found->code == code ? &*found : nullptr;
}

const std::vector<EscoOccupation>& OccupationCatalog::esco_occupations() const {
  static const auto* const none = new std::vector<EscoOccupation>();
  return has_esco() ? esco_resolver_->occupations() : *none;
}

std::optional<CatalogEntry> OccupationCatalog::FindEsco(
    absl::string_view uri) const {
  const auto place = esco_places_.find(uri);
  if (place == esco_places_.end()) return std::nullopt;
  return EntryOf(Scheme::kEsco, place->second, "");
}

CatalogEntry OccupationCatalog::EntryOf(Scheme scheme, uint32_t occupation,
                                        const std::string& exact_code) const {
  if (scheme == Scheme::kKldb) return {exact_code, nullptr};
  return {esco_codes_[occupation], &esco_resolver_->occupations()[occupation]};
}

CatalogResolution OccupationCatalog::Resolve(Scheme scheme,
                                             absl::string_view title,
                                             size_t limit) const {
  CatalogResolution resolution;
  const bool kldb = scheme == Scheme::kKldb;
  if (!kldb && esco_resolver_ == nullptr) return resolution;
  const TitleResolver& resolver = kldb ? kldb_resolver_ : *esco_resolver_;
  const TitleResolution found = resolver.Resolve(title, limit);
  resolution.sure = found.sure;
  for (const TitleMatch& match : found.matches) {
    std::string code;
    if (kldb) {
      code = titles_.codes[match.occupation]
                          [IsOneOfItsNames(match.reason) ? match.label : 0];
    }
    resolution.matches.push_back({EntryOf(scheme, match.occupation, code),
                                  match.probability, match.reason,
                                  resolver.LabelOf(match)});
  }
  return resolution;
}

std::vector<CatalogSuggestion> OccupationCatalog::Suggest(
    Scheme scheme, absl::string_view typed, size_t limit) const {
  std::vector<CatalogSuggestion> suggestions;
  const bool kldb = scheme == Scheme::kKldb;
  if (!kldb && esco_suggester_ == nullptr) return suggestions;
  const auto& known = kldb ? kldb_names_ : esco_resolver_->occupations();
  const TitleSuggester& suggester = kldb ? *kldb_suggester_ : *esco_suggester_;
  for (const TitleSuggestion& one : suggester.Suggest(typed, limit)) {
    const EscoOccupation& occupation = known[one.occupation];
    suggestions.push_back({EntryOf(scheme, one.occupation, occupation.uri),
                           LabelOf(occupation, one.label)});
  }
  return suggestions;
}

InferredOccupation OccupationCatalog::Infer(absl::string_view title) const {
  title = title.substr(0, kLongestAskedTitle);
  std::optional<InferredOccupation> known = inferred_->Find(title);
  if (known.has_value()) return *std::move(known);
  InferredOccupation means = InferAnew(title);
  inferred_->Put(title, means);
  return means;
}

InferredOccupation OccupationCatalog::InferAnew(absl::string_view title) const {
  const auto surely = [&](Scheme scheme) {
    auto found = Resolve(scheme, title, 1);
    const bool sure = found.sure && IsOneOfItsNames(found.matches[0].reason);
    return sure ? std::move(found.matches[0].entry) : CatalogEntry();
  };
  return {surely(Scheme::kKldb).kldb_code, surely(Scheme::kEsco).esco};
}

InferredOccupation OccupationCatalog::InKldb(absl::string_view uri) const {
  const auto place = esco_places_.find(uri);
  if (place == esco_places_.end() || esco_codes_[place->second].empty()) {
    return {};
  }
  return {esco_codes_[place->second],
          &esco_resolver_->occupations()[place->second]};
}

InferredOccupation OccupationCatalog::InEsco(const std::string& kldb_code,
                                             absl::string_view title) const {
  if (only_places_.empty() || kldb_code.size() < kAgreeingDigits) return {};
  if (const EscoOccupation* means = Infer(title).esco; means != nullptr) {
    const std::string& code = esco_codes_[esco_places_.at(means->uri)];
    if (code.compare(0, kAgreeingDigits, kldb_code, 0, kAgreeingDigits) == 0) {
      return {kldb_code, means};
    }
  }
  const auto only = only_places_.find(kldb_code);
  if (only == only_places_.end() || only->second == kManyPlaces) return {};
  return {kldb_code, &esco_resolver_->occupations()[only->second]};
}

std::vector<const EscoSkill*> OccupationCatalog::EssentialSkills(
    absl::string_view uri) const {
  std::vector<const EscoSkill*> skills;
  const auto place = esco_places_.find(uri);
  if (place == esco_places_.end()) return skills;
  for (const uint32_t skill : essential_[place->second]) {
    skills.push_back(&skills_.skills()[skill]);
  }
  return skills;
}

}  // namespace heimweg::occupations
