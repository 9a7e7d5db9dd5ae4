#include "clients/cli/place_text.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/places/germany.h"

namespace heimweg::cli {

type::v1::Place PlaceOfText(absl::string_view text) {
  type::v1::Place place;
  text = absl::StripAsciiWhitespace(text);
  if (absl::ConsumePrefix(&text, "ags:") || places::IsDigits(text, 8)) {
    place.set_ags(std::string(text));
    return place;
  }
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ',');
  double latitude = 0;
  double longitude = 0;
  if (parts.size() == 2 && absl::SimpleAtod(parts[0], &latitude) &&
      absl::SimpleAtod(parts[1], &longitude)) {
    place.mutable_location()->set_latitude(latitude);
    place.mutable_location()->set_longitude(longitude);
    return place;
  }
  const absl::string_view first = text.substr(0, text.find(' '));
  if (places::IsDigits(first, 5)) {
    place.set_postal_code(std::string(first));
    text = absl::StripAsciiWhitespace(text.substr(first.size()));
  }
  place.set_municipality(std::string(text));
  return place;
}

}  // namespace heimweg::cli
