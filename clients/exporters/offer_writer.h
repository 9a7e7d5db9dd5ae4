// Writes offers, one at a time, as a file of another format.
#ifndef HEIMWEG_CLIENTS_EXPORTERS_OFFER_WRITER_H_
#define HEIMWEG_CLIENTS_EXPORTERS_OFFER_WRITER_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>

namespace heimweg::exporters {

// Gives the parts of a file in their order: Begin, what Offer says of each
// offer, End. Thread-compatible.
class OfferWriter {
 public:
  virtual ~OfferWriter() = default;
  virtual std::string Begin() = 0;
  // Of the kind that the writer says; empty if the format has no place
  // for it (an event in a vCard, a club in a calendar).
  virtual std::string Offer(const google::protobuf::Message& offer) = 0;
  virtual std::string End() = 0;
  // Whether such a file is made for everybody: then offers that are not public
  // do not belong into it.
  virtual bool IsForEverybody() const = 0;
};

// Jobs as a JSON-LD document with a @graph of schema.org JobPosting.
std::unique_ptr<OfferWriter> NewJobPostingWriter();
// Contacts that take place, as iCalendar in the zone Europe/Berlin.
std::unique_ptr<OfferWriter> NewCalendarWriter();
// Contacts that do not take place, as vCard 4.0. The first category says what
// the contact is ("Verein"), the others are its topics.
std::unique_ptr<OfferWriter> NewCardWriter();
// Offers of any kind as JSON lines, which `import jsonl` reads.
std::unique_ptr<OfferWriter> NewJsonLinesWriter();
// Offers of one kind as CSV: semicolons, decimal commas, a header with the
// paths of all fields, so that `import csv` reads it with a mapping of each
// path to itself. Amounts are euros; several values are separated by "|"; of
// several messages in one field (occupations, opening hours) only the first is
// written.
std::unique_ptr<OfferWriter> NewCsvWriter(
    const google::protobuf::Descriptor& kind);

}  // namespace heimweg::exporters

#endif  // HEIMWEG_CLIENTS_EXPORTERS_OFFER_WRITER_H_
