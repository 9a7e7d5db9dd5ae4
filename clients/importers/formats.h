// One function for each format, in a file of its own. Formats are constants.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_FORMATS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_FORMATS_H_

#include "clients/importers/format.h"

namespace heimweg::importers {

const Format* CsvFormat();          // csv.cc
const Format* ImmoScout24Format();  // is24.cc
const Format* JsonLinesFormat();    // json_lines.cc
const Format* OpenImmoFormat();     // openimmo.cc

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_FORMATS_H_
