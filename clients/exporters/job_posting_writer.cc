#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/exporters/folded_lines.h"
#include "clients/exporters/offer_writer.h"
#include "clients/exporters/written_place.h"
#include "heimweg/jobs/v1/job.pb.h"

namespace heimweg::exporters {
namespace {

using json = nlohmann::ordered_json;
using jobs::v1::Job;

std::string Iso(const google::protobuf::Timestamp& stamp) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", TimeOf(stamp),
                          absl::UTCTimeZone());
}

// Part-time is whatever is below full-time, which begins at 35 hours here as in
// the importer.
json EmploymentTypes(const Job& job) {
  json types = json::array();
  if (job.has_weekly_hours()) {
    const double most =
        std::max(job.weekly_hours().minimum(), job.weekly_hours().maximum());
    if (most >= 35) types.push_back("FULL_TIME");
    if (job.weekly_hours().minimum() < 35) types.push_back("PART_TIME");
  }
  if (job.fixed_term() == type::v1::ANSWER_YES) types.push_back("TEMPORARY");
  if (job.employment_type() == jobs::v1::EMPLOYMENT_TYPE_INTERNSHIP) {
    types.push_back("INTERN");
  }
  if (job.employment_type() == jobs::v1::EMPLOYMENT_TYPE_SELF_EMPLOYED) {
    types.push_back("CONTRACTOR");
  }
  return types;
}

json PlaceJson(const type::v1::Place& place) {
  const WrittenPlace where(place);
  json address = {{"@type", "PostalAddress"}};
  if (!place.street_address().empty()) {
    address["streetAddress"] = place.street_address();
  }
  if (!where.postal_code.empty()) address["postalCode"] = where.postal_code;
  if (!where.town.empty()) address["addressLocality"] = where.town;
  if (!place.resolved().state().empty()) {
    address["addressRegion"] = place.resolved().state();
  }
  address["addressCountry"] = "DE";
  json written = {{"@type", "Place"}, {"address", address}};
  if (where.location != nullptr) {
    written["geo"] = {{"@type", "GeoCoordinates"},
                      {"latitude", where.location->latitude()},
                      {"longitude", where.location->longitude()}};
  }
  return written;
}

json SalaryJson(const jobs::v1::Salary& salary) {
  json value = {{"@type", "QuantitativeValue"}};
  if (salary.has_minimum_cents()) {
    value["minValue"] = static_cast<double>(salary.minimum_cents()) / 100;
  }
  if (salary.has_maximum_cents()) {
    value["maxValue"] = static_cast<double>(salary.maximum_cents()) / 100;
  }
  value["unitText"] = salary.period() == jobs::v1::SALARY_PERIOD_HOUR ? "HOUR"
                      : salary.period() == jobs::v1::SALARY_PERIOD_YEAR
                          ? "YEAR"
                          : "MONTH";
  return {{"@type", "MonetaryAmount"}, {"currency", "EUR"}, {"value", value}};
}

void AddHours(const jobs::v1::WeeklyHours& hours, json& posting) {
  posting["workHours"] =
      hours.maximum() > hours.minimum()
          ? absl::StrCat(hours.minimum(), "-", hours.maximum(), " h")
          : absl::StrCat(hours.minimum(), " h");
}

void AddWork(const Job& job, json& posting) {
  const json types = EmploymentTypes(job);
  if (!types.empty()) posting["employmentType"] = types;
  if (job.has_weekly_hours()) AddHours(job.weekly_hours(), posting);
  if (job.has_salary()) posting["baseSalary"] = SalaryJson(job.salary());
  if (job.remote_percent() == 100) {
    posting["jobLocationType"] = "TELECOMMUTE";
    posting["applicantLocationRequirements"] = {{"@type", "Country"},
                                                {"name", "DE"}};
  }
  if (job.has_place()) posting["jobLocation"] = PlaceJson(job.place());
  if (job.has_capacity()) posting["totalJobOpenings"] = job.capacity();
  if (job.has_start_date()) {
    posting["jobStartDate"] =
        absl::StrFormat("%04d-%02d-%02d", job.start_date().year(),
                        job.start_date().month(), job.start_date().day());
  }
  json categories = json::array();
  for (const type::v1::Occupation& occupation : job.occupations()) {
    categories.push_back(
        !occupation.kldb_code().empty()  ? occupation.kldb_code()
        : !occupation.esco_uri().empty() ? occupation.esco_uri()
                                         : occupation.title());
  }
  if (!categories.empty()) posting["occupationalCategory"] = categories;
  std::vector<std::string> skills(job.required_skills().begin(),
                                  job.required_skills().end());
  skills.insert(skills.end(), job.optional_skills().begin(),
                job.optional_skills().end());
  if (!skills.empty()) posting["skills"] = absl::StrJoin(skills, ", ");
}

json Posting(const Job& job) {
  json posting = {
      {"@type", "JobPosting"},
      {"identifier",
       {{"@type", "PropertyValue"},
        {"name", job.source().empty() ? "heimweg" : job.source()},
        {"value", job.external_id().empty() ? job.name() : job.external_id()}}},
      {"title", job.title()},
      {"description", job.description()}};
  if (job.has_employer()) {
    json employer = {{"@type", "Organization"},
                     {"name", job.employer().display_name()}};
    if (!job.employer().website_uri().empty()) {
      employer["sameAs"] = job.employer().website_uri();
    }
    posting["hiringOrganization"] = employer;
  }
  if (!job.source_uri().empty()) posting["url"] = job.source_uri();
  const bool starts = job.validity().has_start_time();
  if (starts || job.has_create_time()) {
    posting["datePosted"] =
        Iso(starts ? job.validity().start_time() : job.create_time());
  }
  if (job.validity().has_end_time()) {
    posting["validThrough"] = Iso(job.validity().end_time());
  }
  AddWork(job, posting);
  const type::v1::ContactPerson& person = job.contact_person();
  if (job.has_contact_person()) {
    posting["applicationContact"] = {{"@type", "ContactPoint"},
                                     {"name", person.display_name()},
                                     {"email", person.email()},
                                     {"telephone", person.phone_number()}};
  }
  return posting;
}

class JobPostingWriter : public OfferWriter {
 public:
  std::string Begin() override {
    return "{\"@context\":\"https://schema.org\",\"@graph\":[\n";
  }
  std::string Offer(const google::protobuf::Message& offer) override {
    std::string text = first_ ? "" : ",\n";
    first_ = false;
    return text + Posting(static_cast<const Job&>(offer))
                      .dump(-1, ' ', false, json::error_handler_t::replace);
  }
  bool IsForEverybody() const override { return true; }
  std::string End() override { return first_ ? "]}\n" : "\n]}\n"; }

 private:
  bool first_ = true;
};

}  // namespace

std::unique_ptr<OfferWriter> NewJobPostingWriter() {
  return std::make_unique<JobPostingWriter>();
}

}  // namespace heimweg::exporters
