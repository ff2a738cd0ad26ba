"""Nothing waits unseen: what is past its deadline is reported, once for each change."""

from datetime import timedelta

import pytest

from responder.workflow.deadlines import DeadlineWatch
from tests.unit.workflow.house import House, mail


def test_what_is_past_its_deadline_is_reported_when_it_changes(house: House, caplog: pytest.LogCaptureFixture) -> None:
    watch = DeadlineWatch(house.reviews, {"shop": timedelta(hours=12)}, house.clock)
    house.go_round(mail("broken", "Order 1043 arrived broken"))
    watch.look()
    assert caplog.messages == []
    house.clock.advance(hours=13)
    watch.look()
    watch.look()
    assert [message for message in caplog.messages if "longer" in message] == [
        "mailbox shop: 1 mails have waited for a person for longer than 12 h"
    ]
    house.reviewer.refuse(1, "called her", "eve")
    watch.look()
    assert caplog.messages[-1] == "mailbox shop: 0 mails have waited for a person for longer than 12 h"
