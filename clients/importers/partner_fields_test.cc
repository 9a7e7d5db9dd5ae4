// Fields that several formats share: salaries, places, languages, licences,
// HTML and content lines.
#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <utility>

#include "clients/importers/content_lines.h"
#include "clients/importers/draft.h"
#include "clients/importers/html_text.h"
#include "clients/importers/job_fields.h"
#include "clients/importers/language_fields.h"
#include "clients/importers/place_fields.h"
#include "clients/importers/testing/collecting_sink.h"

namespace heimweg::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> RepairsOf(Draft draft) {
  CollectingSink sink;
  EXPECT_TRUE(std::move(draft).Give("", sink).ok());
  return sink.records.empty() ? std::vector<std::string>() : sink.Repairs(0);
}

struct Pay {
  const char* text;
  int64_t minimum, maximum;
  jobs::v1::SalaryPeriod period;
};

TEST(SalaryText, IsReadInTheWordsOfAdverts) {
  using jobs::v1::SALARY_PERIOD_HOUR;
  using jobs::v1::SALARY_PERIOD_MONTH;
  using jobs::v1::SALARY_PERIOD_YEAR;
  for (const Pay& pay :
       {Pay{"2.700 - 3.100 EUR/Monat", 270000, 310000, SALARY_PERIOD_MONTH},
        Pay{"18,50 € pro Stunde", 1850, 0, SALARY_PERIOD_HOUR},
        Pay{"ab 45.000 € p.a.", 4500000, 0, SALARY_PERIOD_YEAR},
        Pay{"bis 3000 Euro brutto im Monat", 0, 300000, SALARY_PERIOD_MONTH},
        Pay{"900 € pro Woche", 390000, 0, SALARY_PERIOD_MONTH}}) {
    Draft draft(Kind::kJobs, {});
    SetSalaryText(pay.text, draft);
    EXPECT_EQ(draft.job().salary().minimum_cents(), pay.minimum) << pay.text;
    EXPECT_EQ(draft.job().salary().maximum_cents(), pay.maximum) << pay.text;
    EXPECT_EQ(draft.job().salary().period(), pay.period) << pay.text;
  }
}

TEST(SalaryText, StaysUnsetWithItsReason) {
  for (const auto& [text, reason] :
       {std::pair("50000 EUR", "salary-without-period salary"),
        std::pair("$ 5000 a month", "unknown-salary-currency salary"),
        std::pair("1 bis 2 oder 3 im Monat", "unknown-salary salary"),
        std::pair("99999999 im Jahr", "salary-out-of-range salary")}) {
    Draft draft(Kind::kJobs, {});
    SetSalaryText(text, draft);
    EXPECT_FALSE(draft.job().has_salary()) << text;
    EXPECT_THAT(RepairsOf(std::move(draft)), ElementsAre(reason)) << text;
  }
}

TEST(PlaceFields, ForeignPostcodesAreNeverCompleted) {
  Draft draft(Kind::kJobs, {});
  type::v1::Place place;
  Address address;
  address.postal_code = "6020";
  address.country = "Österreich";
  EXPECT_EQ(SetPlace(address, place, draft), Where::kAbroad);
  address.country = "DEUTSCHLAND";
  EXPECT_EQ(SetPlace(address, place, draft), Where::kGermany);
  EXPECT_EQ(place.postal_code(), "06020");
}

TEST(PlaceFields, DropsWhatCannotBeInGermany) {
  Draft draft(Kind::kJobs, {});
  type::v1::Place place;
  Address address;
  address.town = "Prenzlau OT Güstow";
  address.postal_code = "1729";
  address.postal_code += "1 x";
  address.latitude = 0;
  address.longitude = 0;
  EXPECT_EQ(SetPlace(address, place, draft), Where::kGermany);
  EXPECT_EQ(place.municipality(), "Prenzlau");
  EXPECT_FALSE(place.has_location());
  EXPECT_THAT(RepairsOf(std::move(draft)),
              ElementsAre("postcode-dropped place.postal_code",
                          "district-of-town-dropped place.municipality",
                          "coordinates-dropped place.location"));
}

TEST(AddressLine, IsSplitAtThePostcode) {
  const Address full = ParseAddressLine("Rathaus, Markt 1, D-02763 Zittau");
  EXPECT_EQ(full.street, "Rathaus, Markt 1");
  EXPECT_EQ(full.postal_code, "02763");
  EXPECT_EQ(full.town, "Zittau");
  EXPECT_EQ(ParseAddressLine("Bad Berleburg").town, "Bad Berleburg");
  EXPECT_EQ(ParseAddressLine("Saal, 2. Stock").town, "");
}

TEST(Languages, AreKnownByCodeAndName) {
  for (const char* text : {"de", "DE", "deu", "Deutsch", "German", "de-AT"}) {
    EXPECT_EQ(LanguageCode(text), "de") << text;
  }
  EXPECT_EQ(LanguageCode("Englisch (C1)"), "en");
  EXPECT_EQ(LanguageCode("Klingonisch"), "");
}

TEST(Languages, WordsForSkillAreNamedAsAssumed) {
  bool assumed = false;
  EXPECT_EQ(LanguageLevel("B1+", assumed), type::v1::CEFR_LEVEL_B1);
  EXPECT_EQ(LanguageLevel("Muttersprache", assumed),
            type::v1::CEFR_LEVEL_NATIVE);
  EXPECT_FALSE(assumed);
  EXPECT_EQ(LanguageLevel("sehr gut", assumed), type::v1::CEFR_LEVEL_B2);
  EXPECT_TRUE(assumed);
  EXPECT_EQ(LanguageLevel("B12", assumed), type::v1::CEFR_LEVEL_UNSPECIFIED);
}

TEST(Licences, AreTakenFromWords) {
  Draft draft(Kind::kJobs, {});
  AddLicences("Klasse B/BE, C1E und 3", "driving_licences",
              *draft.job().mutable_driving_licences(), draft);
  EXPECT_THAT(draft.job().driving_licences(), ElementsAre("B", "BE", "C1E"));
  EXPECT_THAT(RepairsOf(std::move(draft)),
              ElementsAre("unknown-licence:3 driving_licences"));
}

TEST(HtmlText, KeepsParagraphsAndLists) {
  EXPECT_EQ(HtmlText("<h2>Wir</h2><p>B&auml;cker &amp; Co<br>gut</p>"
                     "<script>x<y</script><ul><li>eins<li>zwei</ul>Ende"),
            "Wir\nBäcker & Co\ngut\n- eins\n- zwei\nEnde");
  EXPECT_EQ(HtmlText("ä ö <b>ü</b> ß €"), "ä ö ü ß €");
  EXPECT_FALSE(LooksLikeHtml("a < b & c > d; R&D"));
  EXPECT_TRUE(LooksLikeHtml("R&amp;D"));
}

TEST(ContentLines, EscapeAndSplitBothWays) {
  const std::string text = "a;b,c\\d\ne";
  EXPECT_EQ(EscapedText(text), "a\\;b\\,c\\\\d\\ne");
  EXPECT_EQ(UnescapedText(EscapedText(text)), text);
  EXPECT_THAT(SplitEscaped("a\\;b;;c", ';'), ElementsAre("a;b", "", "c"));
}

TEST(ContentLines, UnfoldsInsideOfACharacter) {
  StringSource source("NOTE;X=\"a:b\":M\xC3\r\n \xBCller\r\n\r\nb.URL:x\r\n");
  const auto reader = ContentLineReader::Open(source, "", Limits());
  ASSERT_TRUE(reader.ok());
  ASSERT_TRUE(*(*reader)->Next());
  EXPECT_EQ((*reader)->line().value, "Müller");
  EXPECT_EQ((*reader)->line().Parameter("X"), "a:b");
  ASSERT_TRUE(*(*reader)->Next());
  EXPECT_EQ((*reader)->line().name, "URL");
  EXPECT_EQ((*reader)->line().number, 4);
  EXPECT_FALSE(*(*reader)->Next());
}

}  // namespace
}  // namespace heimweg::importers
