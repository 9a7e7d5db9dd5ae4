#include "services/matching/index_feeds.h"

#include <utility>

#include "absl/status/status.h"

namespace heimweg::matching {

IndexFeeds::IndexFeeds(const FeedChannels& channels, Index& index,
                       server::Log& log, FeedPace pace,
                       std::function<void()> applied)
    : log_(log),
      applied_(std::move(applied)),
      calls_(channels),
      jobs_(
          calls_.Jobs(),
          [this, &index](const auto& message, bool from_scratch) {
            if (from_scratch) index.RestartJobs();
            index.Apply(message);
            if (applied_) applied_();
          },
          pace, LogBreak("jobs")),
      homes_(
          calls_.Homes(),
          [this, &index](const auto& message, bool from_scratch) {
            if (from_scratch) index.RestartHomes();
            index.Apply(message);
            if (applied_) applied_();
          },
          pace, LogBreak("homes")),
      contacts_(
          calls_.Contacts(),
          [this, &index](const auto& message, bool from_scratch) {
            if (from_scratch) index.RestartContacts();
            index.Apply(message);
            if (applied_) applied_();
          },
          pace, LogBreak("contacts")),
      profiles_(
          calls_.Profiles(),
          [this, &index](const auto& message, bool from_scratch) {
            if (from_scratch) index.RestartProfiles();
            index.Apply(message);
            if (applied_) applied_();
          },
          pace, LogBreak("profiles")) {}

FeedThread::OnBreak IndexFeeds::LogBreak(const char* store) {
  return [this, store](const absl::Status& status) {
    log_.Warning(
        "feed broke, will resume",
        {{"store", store}, {"code", absl::StatusCodeToString(status.code())}});
  };
}

}  // namespace heimweg::matching
