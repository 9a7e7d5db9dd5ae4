// JSON Resume and Europass.
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/importers/formats.h"
#include "clients/importers/testing/collecting_sink.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "tests/support/status_matchers.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::StatusIs;
using profiles::v1::Profile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<std::string> Titles(const profiles::v1::Adult& adult) {
  std::vector<std::string> titles;
  for (const auto& occupation : adult.occupations()) {
    titles.push_back(occupation.title());
  }
  return titles;
}

// The core, which matching sees, has nothing of who they are.
void ExpectAnonymousCore(Profile profile) {
  EXPECT_EQ(profile.personal().display_name(), "Jana Muster");
  profile.clear_personal();
  const std::string core = profile.SerializeAsString();
  for (const char* personal :
       {"Jana", "Muster", "jana@", "+49", "1992", "Allee", "Nach zehn"}) {
    EXPECT_THAT(core, Not(HasSubstr(personal)));
  }
}

constexpr char kResume[] = R"({"basics": {"name": "Jana Muster",
    "label": "Tischlerin, Bauleiterin", "email": "jana@example.org",
    "phone": "+49 30 1", "summary": "Nach zehn Jahren zurück.",
    "image": "x", "location": {"address": "Allee 7", "city": "Berlin"}},
  "work": [{"name": "Holz GmbH", "position": "Bauleiterin",
            "startDate": "2019-04"}, {"position": "Monteurin"}],
  "education": [{"institution": "OSZ Uckermark", "studyType": "Ausbildung"},
                {"institution": "HTW", "studyType": "Meisterschule"}],
  "skills": [{"name": "Treppenbau", "keywords": ["CNC", "Abbund"]},
             {"name": "Führerschein", "keywords": ["B", "BE"]}],
  "languages": [{"language": "Deutsch", "fluency": "Muttersprache"},
                {"language": "Polnisch", "fluency": "B1"},
                {"language": "Elbisch", "fluency": "C2"}],
  "interests": [{"name": "Handball"}])";

TEST(JsonResume, BecomesOneAdultAndAPersonalPart) {
  const CollectingSink sink =
      ReadAll(JsonResumeFormat(), absl::StrCat(kResume, "}"), Kind::kProfiles);
  ASSERT_THAT(sink.records, SizeIs(1));
  const auto& profile = sink.Row<Profile>(0);
  ExpectAnonymousCore(profile);
  EXPECT_EQ(profile.personal().note(), "Nach zehn Jahren zurück.");
  const auto& adult = profile.adults(0);
  EXPECT_TRUE(adult.seeks_job());
  EXPECT_THAT(Titles(adult),
              ElementsAre("Tischlerin", "Bauleiterin", "Monteurin"));
  EXPECT_THAT(adult.skills(), ElementsAre("Treppenbau", "CNC", "Abbund"));
  EXPECT_THAT(adult.driving_licences(), ElementsAre("B", "BE"));
  EXPECT_EQ(adult.requirement_level(), type::v1::REQUIREMENT_LEVEL_SPECIALIST);
  ASSERT_EQ(adult.languages_size(), 2);
  EXPECT_EQ(adult.languages(1).level(), type::v1::CEFR_LEVEL_B1);
  EXPECT_THAT(profile.contacts().interests(), ElementsAre("Handball"));
  EXPECT_THAT(profile.contacts().biography_hooks(),
              ElementsAre("OSZ Uckermark", "HTW", "Berlin"));
  EXPECT_THAT(sink.Repairs(0),
              ElementsAre("level-from-degree adults[0].requirement_level",
                          "unknown-language:elbisch adults[0].languages"));
}

TEST(JsonResume, TakesWhatACvHasNoFieldForFromItsExtension) {
  const CollectingSink sink = ReadAll(
      JsonResumeFormat(), absl::StrCat(kResume, R"(, "meta": {"heimweg": {
        "adults": [{"id": "a", "remoteWelcome": true}],
        "children": [{"id": "c1", "birthYear": 2022}],
        "anchors": [{"id": "home", "place": {"postalCode": "17291"},
                     "radiusKm": 30}]}}})"),
      Kind::kProfiles);
  ASSERT_THAT(sink.records, SizeIs(1));
  const auto& profile = sink.Row<Profile>(0);
  ASSERT_EQ(profile.adults_size(), 1);
  EXPECT_TRUE(profile.adults(0).remote_welcome());
  EXPECT_THAT(profile.adults(0).skills(), SizeIs(3));
  EXPECT_EQ(profile.anchors(0).place().postal_code(), "17291");
  EXPECT_EQ(profile.children(0).birth_year(), 2022);
  const CollectingSink wrong =
      ReadAll(JsonResumeFormat(),
              absl::StrCat(kResume, R"(, "meta": {"heimweg": {"pet": 1}}})"),
              Kind::kProfiles);
  EXPECT_THAT(wrong.Violations(), ElementsAre(HasSubstr("meta.heimweg.")));
}

TEST(JsonResume, RejectsWhatIsNoCv) {
  const CollectingSink sink =
      ReadAll(JsonResumeFormat(), "{\"a\": 1}", Kind::kProfiles);
  EXPECT_THAT(sink.Violations(),
              ElementsAre(HasSubstr("expected a JSON Resume")));
  CollectingSink broken;
  EXPECT_THAT(broken.Read(*JsonResumeFormat(), "{\"basics\": ", {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

constexpr char kPassport[] = R"(<SkillsPassport xmlns="urn:x"><LearnerInfo>
  <Identification><PersonName><FirstName>Jana</FirstName>
      <Surname>Muster</Surname></PersonName>
    <ContactInfo><Address><Contact><AddressLine>Allee 7</AddressLine>
      <Municipality>Berlin</Municipality></Contact></Address>
      <Email><Contact>jana@example.org</Contact></Email>
      <TelephoneList><Telephone><Contact>+49 30 1</Contact></Telephone>
      </TelephoneList></ContactInfo>
    <Demographics><Birthdate year="1992"/></Demographics></Identification>
  <Headline><Type><Code>preferred_job</Code></Type>
    <Description><Label>Tischlerin</Label></Description></Headline>
  <WorkExperienceList><WorkExperience><Position><Label>Bauleiterin</Label>
    </Position></WorkExperience></WorkExperienceList>
  <EducationList><Education><Title>Tischlerin</Title><Organisation>
    <Name>OSZ</Name></Organisation><Level><Label>EQR 4</Label></Level>
    </Education></EducationList>
  <Skills><Linguistic><MotherTongueList><MotherTongue><Description>
      <Code>de</Code></Description></MotherTongue></MotherTongueList>
    <ForeignLanguageList><ForeignLanguage><Description><Code>pl</Code>
      </Description><ProficiencyLevel><Listening>B2</Listening>
      <Writing>A2</Writing></ProficiencyLevel></ForeignLanguage>
    </ForeignLanguageList></Linguistic>
    <JobRelated><Description>Treppenbau, CNC</Description></JobRelated>
    <Driving><Description><Licence>B</Licence></Description></Driving></Skills>
  </LearnerInfo></SkillsPassport>)";

constexpr char kPassportJson[] = R"({"SkillsPassport": {"LearnerInfo": {
  "Identification": {"PersonName": {"FirstName": "Jana", "Surname": "Muster"},
    "ContactInfo": {"Address": {"Contact": {"AddressLine": "Allee 7",
        "Municipality": "Berlin"}}, "Email": {"Contact": "jana@example.org"},
      "Telephone": [{"Contact": "+49 30 1"}]},
    "Demographics": {"Birthdate": {"Year": 1992}}},
  "Headline": {"Type": {"Code": "preferred_job"},
    "Description": {"Label": "Tischlerin"}},
  "WorkExperience": [{"Position": {"Label": "Bauleiterin"}}],
  "Education": [{"Title": "Tischlerin", "Organisation": {"Name": "OSZ"},
    "Level": {"Label": "EQR 4"}}],
  "Skills": {"Linguistic": {"MotherTongue": [{"Description": {"Code": "de"}}],
      "ForeignLanguage": [{"Description": {"Code": "pl"},
        "ProficiencyLevel": {"Listening": "B2", "Writing": "A2"}}]},
    "JobRelated": {"Description": "<p>Treppenbau, CNC</p>"},
    "Driving": {"Description": ["B"]}}}}})";

TEST(Europass, SaysTheSameAsXmlAndAsJson) {
  for (const char* text : {kPassport, kPassportJson}) {
    const CollectingSink sink =
        ReadAll(EuropassFormat(), text, Kind::kProfiles);
    ASSERT_THAT(sink.records, SizeIs(1));
    const auto& profile = sink.Row<Profile>(0);
    ExpectAnonymousCore(profile);
    EXPECT_EQ(profile.personal().phone_number(), "+49 30 1");
    const auto& adult = profile.adults(0);
    EXPECT_THAT(Titles(adult), ElementsAre("Tischlerin", "Bauleiterin"));
    EXPECT_THAT(adult.skills(), ElementsAre("Treppenbau", "CNC"));
    EXPECT_THAT(adult.driving_licences(), ElementsAre("B"));
    EXPECT_EQ(adult.requirement_level(), type::v1::REQUIREMENT_LEVEL_SKILLED);
    ASSERT_EQ(adult.languages_size(), 2);
    EXPECT_EQ(adult.languages(0).level(), type::v1::CEFR_LEVEL_NATIVE);
    EXPECT_EQ(adult.languages(1).level(), type::v1::CEFR_LEVEL_A2);
    EXPECT_THAT(profile.contacts().biography_hooks(),
                ElementsAre("OSZ", "Berlin"));
  }
}

TEST(Europass, RefusesHostileFiles) {
  CollectingSink sink;
  EXPECT_THAT(
      sink.Read(*EuropassFormat(),
                "<!DOCTYPE x [<!ENTITY a 'b'>]><SkillsPassport/>", {}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("DOCTYPE")));
  EXPECT_THAT(sink.Read(*EuropassFormat(),
                        absl::StrCat("{\"SkillsPassport\": {\"Photo\": \"",
                                     std::string(10 << 20, 'A'), "\"}}"),
                        {}),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace heimweg::importers
