"""Machines that answer each other: each ends by itself within the bound that docs/operating.md states."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from responder.policy.decide import Limits
from responder.workflow.ports.outbox import SendingLimits
from tests.unit.workflow.house import AUTO, House, MakeHouse, mail
from tests.unit.workflow.test_what_may_leave import bounce

ROUNDS = 12
Partner = Callable[[EmailMessage, int], bytes | None]


def play(house: House, first: bytes, partner: Partner) -> int:
    """Let the bot and a partner answer each other, an hour apart; gives how many mails the bot sent."""
    house.go_round(first)
    for number in range(ROUNDS):
        seen = len(house.courier.sent)
        if not seen:
            break
        ours = message_from_bytes(house.courier.sent[-1][2], policy=default)
        answer = partner(ours, number)
        if answer is None:
            break
        house.clock.advance(minutes=10)
        house.go_round(answer)
        if len(house.courier.sent) == seen:
            break
    return len(house.courier.sent)


def itself(ours: EmailMessage, number: int) -> bytes:
    """Another bot of our kind: it answers as we do, with the signs of RFC 3834."""
    return mail(f"Re: {ours['Subject']}", f"Where is it? ({number})", sender=str(ours["To"]), Auto_Submitted="auto-replied")


def vacation_without_signs(ours: EmailMessage, number: int) -> bytes:
    """A responder that strips every field that would tell it: no In-Reply-To, no Auto-Submitted, new words every time."""
    return mail(f"where am I ({number})", f"I am away until Monday, {number}.", sender=str(ours["To"]))


def from_a_new_address(ours: EmailMessage, number: int) -> bytes:
    """A responder that answers from another address each time."""
    return mail(f"where am I ({number})", f"Away, {number}.", sender=f"away{number}@responders.example")


def bounces(ours: EmailMessage, number: int) -> bytes:
    """A server that returns everything."""
    return bounce(str(ours["Message-ID"]), action="delayed" if number % 2 else "failed")


@pytest.mark.parametrize(
    ("partner", "most"),
    [(itself, 1), (vacation_without_signs, 3), (from_a_new_address, 4), (bounces, 1)],
    ids=["itself", "vacation", "new address", "bounces"],
)
def test_a_loop_ends_within_its_bound(make_house: MakeHouse, partner: Partner, most: int) -> None:
    house = make_house(sending=SendingLimits(per_hour_to_domain=3))
    house.order_book.orders = []
    assert play(house, mail("where is it", "Hello", sender="anna@example.org"), partner) <= most


def test_without_its_limit_the_loop_would_go_on(make_house: MakeHouse) -> None:
    """The rig of these tests can show a loop: without limits the partner that strips all signs is answered every time."""
    endless = Limits(mode="auto", max_turns=20, per_sender_per_day=100, repeat_after=AUTO.repeat_after * 0)
    house = make_house(limits=endless)
    house.order_book.orders = []
    assert play(house, mail("where is it", "Hello"), vacation_without_signs) == ROUNDS + 1


def test_forged_senders_get_no_reply(house: House) -> None:
    house.order_book.orders = []
    forged = [
        mail("where is it", f"Where is my parcel? {number}", sender=f"victim{number}@example.org", Authentication_Results="")
        for number in range(40)
    ]
    house.go_round(*forged)
    assert house.courier.sent == []


def test_one_sender_with_many_mails_gets_as_many_replies_as_are_allowed(house: House) -> None:
    house.order_book.orders = []
    house.go_round(*(mail("where is it", f"Where is order {number}?") for number in range(100, 140)))
    assert len(house.courier.sent) <= AUTO.per_sender_per_day
