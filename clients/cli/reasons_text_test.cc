#include "clients/cli/reasons_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include <utility>
#include <vector>

#include "clients/cli/terms.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/offer.pb.h"

namespace heimweg::cli {
namespace {

using google::protobuf::EnumDescriptor;
using matching::v1::Reason;
using matching::v1::ReasonKey;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr Language kInEnglish = Language::kEnglish;
constexpr Language kInGerman = Language::kGerman;

Reason AReason(
    ReasonKey key,
    const std::vector<std::pair<std::string, std::string>>& parameters) {
  Reason reason;
  reason.set_key(key);
  for (const auto& [name, value] : parameters) {
    auto* parameter = reason.add_parameters();
    parameter->set_name(name);
    parameter->set_value(value);
  }
  return reason;
}

TEST(ReasonText, HasASentenceInBothLanguagesForEveryKey) {
  const EnumDescriptor* keys = matching::v1::ReasonKey_descriptor();
  for (int i = 1; i < keys->value_count(); ++i) {
    SCOPED_TRACE(keys->value(i)->name());
    const Reason reason =
        AReason(static_cast<ReasonKey>(keys->value(i)->number()), {});
    EXPECT_THAT(ReasonText(reason, kInEnglish), ::testing::EndsWith("."));
    EXPECT_THAT(ReasonText(reason, kInGerman), ::testing::EndsWith("."));
    EXPECT_NE(ReasonText(reason, kInEnglish), ReasonText(reason, kInGerman));
  }
}

TEST(ReasonText, SaysNothingForAKeyThatItDoesNotKnow) {
  EXPECT_THAT(ReasonText(AReason(static_cast<ReasonKey>(9999), {}), kInEnglish),
              IsEmpty());
}

struct Case {
  Reason reason;
  std::string english;
  std::string german;
};

TEST(ReasonText, PutsTheParametersIntoTheSentence) {
  const std::vector<Case> cases = {
      {AReason(matching::v1::REASON_KEY_OCCUPATION_SAME, {{"kldb", "81302"}}),
       "The wished occupation (KldB 81302).",
       "Der gewünschte Beruf (KldB 81302)."},
      {AReason(matching::v1::REASON_KEY_SKILLS_SHARED,
               {{"shared", "2"}, {"asked", "3"}, {"skills", "cnc, tig"}}),
       "Skills fit: 2 of 3 – cnc, tig.",
       "Fähigkeiten passen: 2 von 3 – cnc, tig."},
      {AReason(matching::v1::REASON_KEY_HOURS_FIT,
               {{"minimum", "20"}, {"maximum", "38.5"}}),
       "The weekly hours fit: 20–38.5 hours.",
       "Die Wochenstunden passen: 20–38,5 Stunden."},
      {AReason(matching::v1::REASON_KEY_SALARY_FIT, {{"hourly_cents", "2150"}}),
       "The pay fits: up to €21.50 an hour.",
       "Das Gehalt passt: bis 21,50 € je Stunde."},
      {AReason(matching::v1::REASON_KEY_NEAR,
               {{"anchor", "parents"}, {"km", "12.3"}}),
       "12.3 km from parents.", "12,3 km von parents entfernt."},
      {AReason(matching::v1::REASON_KEY_SHORT_COMMUTE,
               {{"anchor", "home"}, {"minutes", "25"}, {"mode", "transit"}}),
       "25 minutes to home by bus and train.",
       "25 Minuten bis home mit Bus und Bahn."},
      {AReason(matching::v1::REASON_KEY_RENT_FIT,
               {{"rent_cents", "65000"}, {"budget_cents", "90000"}}),
       "The rent is within the budget: €650.00 of €900.00.",
       "Die Miete liegt im Budget: 650,00 € von 900,00 €."},
      {AReason(matching::v1::REASON_KEY_EQUIPMENT,
               {{"equipment", "EQUIPMENT_GARDEN, fitted_kitchen"}}),
       "It has what was wished for: garden, fitted kitchen.",
       "Gewünscht und vorhanden: Garten, Einbauküche."},
      {AReason(matching::v1::REASON_KEY_DATE_FIT, {{"date", "2027-08-01"}}),
       "The date fits: 2027-08-01.", "Der Termin passt: 01.08.2027."},
      {AReason(matching::v1::REASON_KEY_FRESH, {{"days", "1"}}),
       "Verified or changed yesterday.", "Gestern geprüft oder geändert."},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ReasonText(c.reason, kInEnglish), c.english);
    EXPECT_EQ(ReasonText(c.reason, kInGerman), c.german);
  }
}

TEST(ExclusionText, CountsWhatFailsAlone) {
  matching::v1::ExclusionCount exclusion;
  exclusion.set_constraint(matching::v1::CONSTRAINT_SALARY);
  exclusion.set_offers(1200);
  EXPECT_EQ(ExclusionText(exclusion, Area::kJobs, kInEnglish),
            "1,200 jobs fail only because of: salary.");
  exclusion.set_offers(1);
  EXPECT_EQ(ExclusionText(exclusion, Area::kJobs, kInGerman),
            "1 Stelle scheitert nur hieran: Gehalt.");
}

TEST(RelaxationText, SaysWhatWouldGiveWayAndWhatItBrings) {
  matching::v1::Relaxation relaxation;
  relaxation.set_constraint(matching::v1::CONSTRAINT_AREA);
  relaxation.set_anchor("parents");
  relaxation.set_from("30");
  relaxation.set_to("40");
  relaxation.set_unit("minutes");
  relaxation.set_additional_offers(12);
  EXPECT_EQ(RelaxationText(relaxation, Area::kJobs, kInEnglish),
            "12 more jobs with 40 instead of 30 minutes (distance to the "
            "anchors, parents).");
  EXPECT_EQ(RelaxationText(relaxation, Area::kJobs, kInGerman),
            "12 Stellen mehr bei 40 statt 30 Minuten (Entfernung zu den "
            "Ankern, parents).");
}

TEST(RelaxationText, WritesMoneyAndDaysAsSuch) {
  matching::v1::Relaxation rent;
  rent.set_constraint(matching::v1::CONSTRAINT_BUDGET);
  rent.set_from("90000");
  rent.set_to("99000");
  rent.set_unit("cents");
  EXPECT_EQ(RequiredRelaxationText(rent, kInGerman),
            "Budget: 990,00 € statt 900,00 €");
  matching::v1::Relaxation dates;
  dates.set_constraint(matching::v1::CONSTRAINT_DATES);
  dates.set_from("2027-08-31");
  dates.set_to("2027-11-29");
  dates.set_unit("days");
  EXPECT_EQ(RequiredRelaxationText(dates, kInGerman),
            "Termine: 29.11.2027 statt 31.08.2027");
}

TEST(Term, KnowsEveryValueThatIsShown) {
  for (const EnumDescriptor* type :
       {matching::v1::Constraint_descriptor(),
        matching::v1::Feature_descriptor(),
        matching::v1::ConstraintResult::Outcome_descriptor(),
        type::v1::OfferState_descriptor(),
        jobs::v1::EmploymentType_descriptor(), housing::v1::Tenure_descriptor(),
        housing::v1::HomeType_descriptor(),
        contacts::v1::ContactType_descriptor(),
        profiles::v1::CommuteMode_descriptor(),
        profiles::v1::Equipment_descriptor()}) {
    EXPECT_THAT(Term(type->value(0)->name(), kInEnglish), IsEmpty());
    for (int i = 1; i < type->value_count(); ++i) {
      const std::string& name = type->value(i)->name();
      for (const Language language : {kInEnglish, kInGerman}) {
        EXPECT_THAT(Term(name, language), Not(IsEmpty())) << name;
        EXPECT_NE(Term(name, language), name);
      }
    }
  }
}

}  // namespace
}  // namespace heimweg::cli
