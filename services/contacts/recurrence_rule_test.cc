#include "services/contacts/recurrence_rule.h"

#include <gtest/gtest.h>

namespace heimweg::contacts {
namespace {

TEST(RecurrenceRuleTest, KnowsTheRulesOfTheStandard) {
  for (const char* rule :
       {"FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1TH", "BYDAY=MO,WE;FREQ=WEEKLY",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=27",
        "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1;COUNT=10",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20271231T220000Z;WKST=MO"}) {
    EXPECT_TRUE(IsRecurrenceRule(rule)) << rule;
  }
}

TEST(RecurrenceRuleTest, RefusesEverythingElse) {
  for (const char* rule :
       {"", "monthly", "RRULE:FREQ=DAILY", "BYDAY=1TH", "FREQ=OFTEN",
        "FREQ=", "FREQ=DAILY;", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;X=1",
        "FREQ=DAILY;COUNT=1;UNTIL=20271231", "FREQ=DAILY;BYDAY=mo",
        "FREQ=DAILY\nSUMMARY:x"}) {
    EXPECT_FALSE(IsRecurrenceRule(rule)) << rule;
  }
}

}  // namespace
}  // namespace heimweg::contacts
