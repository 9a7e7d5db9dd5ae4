#include "services/matching/wish_rules.h"

#include <algorithm>

#include "services/households/text.h"
#include "services/households/violations.h"
#include "services/matching/common_columns.h"

namespace heimweg::matching {
namespace {

using server::Field;
using server::FieldChecks;

constexpr int64_t kLastEvaluationSecond = 4'133'980'799;  // the end of 2100
constexpr int kMostPlaces = 100;

void CheckRegion(const Question& question, FieldChecks& checks) {
  const auto prefixes = static_cast<int>(question.ags_prefixes.size());
  checks.Count("ags_prefixes", prefixes, kMostPlaces);
  for (int i = 0; i < prefixes; ++i) {
    checks.Expect(AgsCode::Of(question.ags_prefixes[i]).length > 0,
                  Field("ags_prefixes", i), "must be 2 to 8 digits");
  }
  const auto networks = static_cast<int>(question.networks.size());
  checks.Count(question.networks_path, networks, kMostPlaces);
  for (int i = 0; i < networks; ++i) {
    checks.Expect(households::IsNetworkName(question.networks[i]),
                  Field(question.networks_path, i),
                  "must be networks/{network}");
  }
}

}  // namespace

void CheckQuestion(const Question& question,
                   const profiles::v1::Profile& profile, FieldChecks& checks) {
  checks.Expect(type::v1::OfferKind_IsValid(question.kind) &&
                    question.kind != type::v1::OFFER_KIND_UNSPECIFIED,
                question.kind_path, "must be a job, a home or a contact");
  CheckRegion(question, checks);
  households::CheckWeights(question.weights, checks.In("weights"));
  if (question.evaluation_time) {
    CheckEvaluationTime(*question.evaluation_time, checks);
  }
  if (question.kind != type::v1::OFFER_KIND_JOB || question.adult.empty()) {
    return;
  }
  checks.Expect(std::any_of(profile.adults().begin(), profile.adults().end(),
                            [&](const profiles::v1::Adult& adult) {
                              return adult.id() == question.adult;
                            }),
                "adult", "must be the id of an adult of the profile");
}

void CheckEvaluationTime(const google::protobuf::Timestamp& time,
                         FieldChecks& checks) {
  checks.Expect(
      time.seconds() >= 0 && time.seconds() <= kLastEvaluationSecond &&
          time.nanos() == 0,
      "evaluation_time", "must be whole seconds in the years 1970 to 2100");
}

}  // namespace heimweg::matching
