#include "clients/cli/package_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/cli/reasons_text.h"

namespace heimweg::cli {
namespace {

using matching::v1::MissingPart;
using matching::v1::Package;
using matching::v1::PackagePart;

// More of them for each part would hide the package.
constexpr int kMostReasons = 3;

std::string Title(const PackagePart& part) {
  const auto& card = part.match().card();
  return absl::StrCat(card.title(), card.organization().empty() ? "" : " – ",
                      card.organization());
}

std::string Place(const PackagePart& part) {
  const auto& card = part.match().card();
  return absl::StrCat(card.postal_code(), card.postal_code().empty() ? "" : " ",
                      card.municipality());
}

// From the home: "12.3 km, 21 min".
std::string Way(const PackagePart& part, Language language) {
  if (!part.has_home_distance_meters()) return "";
  std::string way = absl::StrCat(
      FormatNumber(part.home_distance_meters() / 1000.0, 1, language), " km");
  if (part.has_commute_minutes()) {
    absl::StrAppend(&way, ", ", part.commute_minutes(), " min");
  }
  return way;
}

std::string NameOf(const PackagePart& part, Language language) {
  return PartName(part.kind(), part.adult(), part.child(), language);
}

void AddPart(const PackagePart& part, const std::string& rank,
             const std::string& score, Language language, Table& table) {
  table.AddRow({rank, score, NameOf(part, language),
                FormatScore(part.match().score_millionths(), language),
                Title(part), Place(part), Way(part, language),
                part.match().offer()});
  const int reasons = std::min(part.match().reasons_size(), kMostReasons);
  for (int i = 0; i < reasons; ++i) {
    const std::string text = ReasonText(part.match().reasons(i), language);
    if (!text.empty()) table.AddNote(absl::StrCat("· ", text));
  }
}

void AddMissing(const MissingPart& missing, Language language, Table& table) {
  table.AddNote(absl::StrCat(
      In(language, "! Missing: ", "! Es fehlt: "),
      PartName(missing.kind(), missing.adult(), missing.child(), language),
      "."));
  for (const auto& relaxation : missing.required_relaxations()) {
    table.AddNote(
        absl::StrCat(In(language, "  It would take: ", "  Es bräuchte: "),
                     RequiredRelaxationText(relaxation, language), "."));
  }
}

void AddPackage(const Package& package, int rank, Language language,
                Table& table) {
  std::string number = absl::StrCat(rank);
  std::string score = FormatScore(package.score_millionths(), language);
  for (const PackagePart& part : package.parts()) {
    AddPart(part, number, score, language, table);
    number.clear();
    score.clear();
  }
  for (const PackagePart& part : package.more_people()) {
    table.AddNote(absl::StrCat(In(language, "Also: ", "Auch: "), Title(part),
                               ", ", Way(part, language), "."));
  }
  const int weakest = package.weakest_part();
  if (package.missing().empty() && weakest < package.parts_size()) {
    const PackagePart& part = package.parts(weakest);
    table.AddNote(absl::StrCat(
        In(language, "Weakest link: ", "Schwächstes Glied: "),
        NameOf(part, language), " (",
        FormatScore(part.match().score_millionths(), language), ")."));
  }
  for (const MissingPart& missing : package.missing()) {
    AddMissing(missing, language, table);
  }
}

}  // namespace

std::string PartName(matching::v1::PackagePartKind kind,
                     const std::string& adult, const std::string& child,
                     Language language) {
  switch (kind) {
    case matching::v1::PACKAGE_PART_KIND_HOME:
      return std::string(In(language, "Home", "Zuhause"));
    case matching::v1::PACKAGE_PART_KIND_JOB:
      return absl::StrCat(In(language, "Job for ", "Stelle für "), adult);
    case matching::v1::PACKAGE_PART_KIND_CHILDCARE:
      return absl::StrCat(In(language, "Childcare for ", "Betreuung für "),
                          child);
    case matching::v1::PACKAGE_PART_KIND_SCHOOL:
      return absl::StrCat(In(language, "School for ", "Schule für "), child);
    case matching::v1::PACKAGE_PART_KIND_PEOPLE:
      return std::string(In(language, "People", "Menschen"));
    default:
      return "";
  }
}

Table PackageTable(const matching::v1::RankPackagesResponse& response,
                   Language language) {
  Table table;
  table.AddColumn("#", Table::Align::kRight);
  table.AddColumn(In(language, "Score", "Punkte"), Table::Align::kRight);
  table.AddColumn(In(language, "Part", "Teil"));
  table.AddColumn(In(language, "Score", "Punkte"), Table::Align::kRight);
  table.AddColumn(In(language, "Title", "Titel"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Place", "Ort"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "From home", "Von zu Hause"),
                  Table::Align::kRight);
  table.AddColumn(In(language, "Offer", "Angebot"));
  int rank = 0;
  for (const Package& package : response.packages()) {
    AddPackage(package, ++rank, language, table);
  }
  return table;
}

Table RegionTable(const matching::v1::RankRegionsResponse& response,
                  Language language) {
  Table table;
  table.AddColumn("#", Table::Align::kRight);
  table.AddColumn(In(language, "Score", "Punkte"), Table::Align::kRight);
  table.AddColumn("AGS");
  table.AddColumn(In(language, "Region", "Region"), Table::Align::kLeft, true);
  table.AddColumn(In(language, "Homes", "Zuhause"), Table::Align::kRight);
  int rank = 0;
  for (const matching::v1::RankedRegion& region : response.regions()) {
    const Package& package = region.best_package();
    table.AddRow({absl::StrCat(++rank),
                  FormatScore(package.score_millionths(), language),
                  region.ags(), region.display_name(),
                  FormatCount(region.eligible_homes(), language)});
    for (const PackagePart& part : package.parts()) {
      const std::string way = Way(part, language);
      table.AddNote(
          absl::StrCat("· ", NameOf(part, language), " ",
                       FormatScore(part.match().score_millionths(), language),
                       ": ", Title(part), way.empty() ? "" : ", ", way));
    }
    for (const MissingPart& missing : package.missing()) {
      AddMissing(missing, language, table);
    }
  }
  return table;
}

}  // namespace heimweg::cli
