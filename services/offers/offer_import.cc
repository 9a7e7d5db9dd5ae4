#include "services/offers/offer_import.h"

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/offers/request_checks.h"

namespace heimweg::offers {

absl::Status CheckImportSize(int rows, size_t bytes) {
  if (rows <= kMostPerMessage && bytes <= kMostMessageBytes) {
    return absl::OkStatus();
  }
  return absl::ResourceExhaustedError(
      absl::StrCat("a request may have at most ", kMostPerMessage, " rows and ",
                   kMostMessageBytes, " bytes"));
}

}  // namespace heimweg::offers
