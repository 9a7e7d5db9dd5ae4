// heimweg export jsonl|csv|jobposting|icalendar|vcard.
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/filter_flags.h"
#include "clients/cli/names.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/output.h"
#include "clients/cli/program.h"
#include "clients/exporters/offer_writer.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"

namespace heimweg::cli {
namespace {

constexpr int kPageSize = 500;

using NewWriter = std::unique_ptr<exporters::OfferWriter> (*)();

struct ExportOptions {
  Area area;
  NewWriter new_writer;
  std::string network;
  MessagePtr filter;
  bool full = false;
  bool internal = false;
  std::string out = "-";
};

struct ExportCounts {
  int64_t written = 0;
  int64_t not_public = 0;  // and left out
};

bool IsPublic(const google::protobuf::Message& offer) {
  const auto* field = offer.GetDescriptor()->FindFieldByName("visibility");
  return offer.GetReflection()->GetEnumValue(offer, field) ==
         type::v1::VISIBILITY_PUBLIC;
}

// Writes every offer that the filter lets through, a page at a time.
absl::Status Write(const ExportOptions& options, const std::string& parent,
                   Session& session, std::ostream& out, ExportCounts& counts) {
  const auto service = NewOfferService(options.area, session);
  const auto writer = options.new_writer();
  out << writer->Begin();
  const bool only_public = writer->IsForEverybody() && !options.internal;
  std::string token;
  do {
    const auto page = service->List(
        parent, *options.filter,
        options.full ? type::v1::OFFER_VIEW_FULL : type::v1::OFFER_VIEW_PUBLIC,
        kPageSize, token);
    if (!page.ok()) return page.status();
    for (const MessagePtr& offer : page->offers) {
      const std::string text = writer->Offer(*offer);
      if (text.empty()) continue;
      if (only_public && !IsPublic(*offer)) {
        ++counts.not_public;
        continue;
      }
      ++counts.written;
      out << text;
    }
    token = page->next_page_token;
  } while (!token.empty() && out);
  out << writer->End();
  if (!out.flush()) return absl::UnknownError("the output cannot be written");
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> Export(const ExportOptions& options,
                                Session& session) {
  const auto parent =
      NetworkName(options.network.empty() ? "-" : options.network);
  if (!parent.ok()) return parent.status();
  std::ofstream file;
  if (options.out != "-") {
    file.open(options.out, std::ios::binary);
    if (!file) {
      return absl::UnknownError(absl::StrCat("cannot write ", options.out));
    }
  }
  ExportCounts counts;
  const absl::Status status =
      Write(options, *parent, session,
            options.out == "-" ? session.console().out : file, counts);
  if (!status.ok()) return status;
  session.console().err << counts.written << " written";
  if (counts.not_public > 0) {
    session.console().err << ", " << counts.not_public
                          << " left out that are not public (--internal)";
  }
  session.console().err << "\n";
  return ExitCode::kOk;
}

struct ExportFormat {
  const char* name;
  const char* description;
  Area area;
  NewWriter new_writer;
};

// `prefix` is what stands before the name on the command line.
void AddFormat(CLI::App& group, Program& program, const ExportFormat& format,
               const std::string& prefix = "") {
  auto options = std::make_shared<ExportOptions>();
  options->area = format.area;
  options->new_writer = format.new_writer;
  options->filter = NewOfferFilter(format.area);
  CLI::App* command = AddCommand(
      group, format.name, format.description,
      {absl::StrCat("export ", prefix, format.name,
                    " --network elbe-elster --state published --out FILE")});
  command
      ->add_option("--network,-n", options->network,
                   "Only of this network [all]")
      ->envname("HEIMWEG_NETWORK")
      ->type_name("NETWORK");
  command->add_flag("--full", options->full, kFullViewHelp);
  if (format.new_writer()->IsForEverybody()) {
    command->add_flag("--internal", options->internal,
                      "Also offers that are for the network or its counsellors "
                      "only; such a file is not for everybody");
  }
  command->add_option("--out,-o", options->out, "File; - is standard output")
      ->type_name("FILE")
      ->capture_default_str();
  AddFilterFlags(*command, {options, options->filter.get()});
  SetAction(*command, program,
            [options](Session& session) { return Export(*options, session); });
}

// One format that takes every kind of offer: a command for each.
void AddTable(CLI::App& group, Program& program, const char* name,
              const char* description, NewWriter jobs, NewWriter homes,
              NewWriter contacts) {
  CLI::App* table = AddCommandGroup(group, name, description);
  const std::string prefix = absl::StrCat(name, " ");
  AddFormat(*table, program, {"jobs", "Jobs", Area::kJobs, jobs}, prefix);
  AddFormat(*table, program, {"homes", "Homes", Area::kHomes, homes}, prefix);
  AddFormat(*table, program,
            {"contacts", "Contacts", Area::kContacts, contacts}, prefix);
}

template <typename Offer>
std::unique_ptr<exporters::OfferWriter> NewCsv() {
  return exporters::NewCsvWriter(*Offer::descriptor());
}

}  // namespace

void AddExportCommand(CLI::App& root, Program& program) {
  CLI::App* group =
      AddCommandGroup(root, "export", "Write offers in other formats");
  AddTable(*group, program, "jsonl", "Offers as JSON lines",
           &exporters::NewJsonLinesWriter, &exporters::NewJsonLinesWriter,
           &exporters::NewJsonLinesWriter);
  AddTable(*group, program, "csv", "Offers as CSV, for spreadsheets",
           &NewCsv<jobs::v1::Job>, &NewCsv<housing::v1::Home>,
           &NewCsv<contacts::v1::Contact>);
  AddFormat(*group, program,
            {"jobposting", "Jobs as schema.org JobPosting (JSON-LD)",
             Area::kJobs, &exporters::NewJobPostingWriter});
  AddFormat(*group, program,
            {"icalendar", "Events as iCalendar (RFC 5545)", Area::kContacts,
             &exporters::NewCalendarWriter});
  AddFormat(*group, program,
            {"vcard", "Clubs, counsellors and other contacts as vCard 4.0",
             Area::kContacts, &exporters::NewCardWriter});
}

}  // namespace heimweg::cli
