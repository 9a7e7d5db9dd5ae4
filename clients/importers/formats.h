// One function for each format, in a file of its own. Formats are constants.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_FORMATS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_FORMATS_H_

#include "clients/importers/format.h"

namespace heimweg::importers {

const Format* CsvFormat();          // csv.cc
const Format* ImmoScout24Format();  // is24.cc
const Format* JsonLinesFormat();    // json_lines.cc
const Format* OpenImmoFormat();     // openimmo.cc

// Jobs.
const Format* BaJobsucheFormat();  // ba_jobsuche.cc
const Format* HrBaXmlFormat();     // hr_ba_xml.cc
const Format* IndeedFormat();      // indeed.cc
const Format* JobPostingFormat();  // job_posting.cc
const Format* PersonioFormat();    // personio.cc

// Contacts.
const Format* EventFormat();      // event.cc
const Format* HsdsFormat();       // hsds.cc
const Format* ICalendarFormat();  // icalendar.cc
const Format* VCardFormat();      // vcard.cc

// Profiles.
const Format* EuropassFormat();    // europass.cc
const Format* JsonResumeFormat();  // json_resume.cc

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_FORMATS_H_
