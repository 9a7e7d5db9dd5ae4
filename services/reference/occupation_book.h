// OccupationBook: what OccupationService answers, free of gRPC.
#ifndef HEIMWEG_SERVICES_REFERENCE_OCCUPATION_BOOK_H_
#define HEIMWEG_SERVICES_REFERENCE_OCCUPATION_BOOK_H_

#include "absl/status/status.h"
#include "heimweg/occupations/v1/occupation_service.pb.h"
#include "services/reference/occupation_data_sets.h"
#include "services/server/call.h"

namespace heimweg::reference {

// The methods are those of heimweg.occupations.v1.OccupationService, whose
// comments say what they mean and which errors they have. Thread-safe.
class OccupationBook {
 public:
  // `data_sets` outlives this.
  explicit OccupationBook(const OccupationDataSets& data_sets)
      : data_sets_(data_sets) {}

  absl::Status ResolveTitles(
      const server::Call& call,
      const ::heimweg::occupations::v1::ResolveTitlesRequest& request,
      ::heimweg::occupations::v1::ResolveTitlesResponse* response) const;
  absl::Status SuggestOccupations(
      const server::Call& call,
      const ::heimweg::occupations::v1::SuggestOccupationsRequest& request,
      ::heimweg::occupations::v1::SuggestOccupationsResponse* response) const;
  absl::Status ResolveSkills(
      const server::Call& call,
      const ::heimweg::occupations::v1::ResolveSkillsRequest& request,
      ::heimweg::occupations::v1::ResolveSkillsResponse* response) const;
  absl::Status SuggestSkills(
      const server::Call& call,
      const ::heimweg::occupations::v1::SuggestSkillsRequest& request,
      ::heimweg::occupations::v1::SuggestSkillsResponse* response) const;
  absl::Status GetOccupation(
      const server::Call& call,
      const ::heimweg::occupations::v1::GetOccupationRequest& request,
      ::heimweg::occupations::v1::KnownOccupation* response) const;
  absl::Status ListOccupations(
      const server::Call& call,
      const ::heimweg::occupations::v1::ListOccupationsRequest& request,
      ::heimweg::occupations::v1::ListOccupationsResponse* response) const;

 private:
  const OccupationDataSets& data_sets_;
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_OCCUPATION_BOOK_H_
