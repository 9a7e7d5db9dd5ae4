// A digest as a reader sees it: what is new for one household or one network,
// with reasons, in plain text and in HTML. It does not know how it is sent.
#ifndef HEIMWEG_CLIENTS_DIGEST_DIGEST_H_
#define HEIMWEG_CLIENTS_DIGEST_DIGEST_H_

#include <string>
#include <vector>

#include "clients/cli/language.h"

namespace heimweg::digest {

// One line of a digest. Texts are UTF-8 and not yet escaped; an empty one is
// left out.
struct DigestOffer {
  std::string title;
  std::string place;
  // E.g. "12.3 km".
  std::string distance;
  // 0.0 to 100.0 as FormatScore writes it.
  std::string score;
  // Whole sentences, the weightiest first.
  std::vector<std::string> reasons;
  // Where to read on, and where a click says "not for us".
  std::string url;
  std::string dismiss_url;
};

struct DigestSection {
  std::string heading;
  std::vector<DigestOffer> offers;
};

struct Digest {
  cli::Language language = cli::Language::kEnglish;
  // Personal. Who is greeted; may be empty.
  std::string recipient_name;
  // Who writes, e.g. "Rückkehr Elbe-Elster".
  std::string sender_name;
  std::vector<DigestSection> sections;
  // Empty for counsellors, whose digests the operator sets up.
  std::string unsubscribe_url;

  int offers() const;
};

// "3 new offers for your way home".
std::string Subject(const Digest& digest);

// Lines of at most 78 characters where words allow it.
std::string PlainText(const Digest& digest);

// A page without scripts, images and outside resources, readable by screen
// readers: language, headings, lists. Every text is escaped.
std::string Html(const Digest& digest);

}  // namespace heimweg::digest

#endif  // HEIMWEG_CLIENTS_DIGEST_DIGEST_H_
