"""What bounds the letters that leave: the limits within an hour, the addresses that are refused, and the count of all that ever left."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update

from responder.adapters.store.schema import letters, marks, suppressed
from responder.workflow.ports.outbox import SendingLimits

HOUR = timedelta(hours=1)
COUNT, HELD = "leaving", "held"
LEFT = ("sending", "sent", "uncertain")


def limit_reached(connection: Connection, recipient: str, family: str, limits: SendingLimits, now: datetime) -> str:
    """Say which limit an automatic letter would break now; empty where it may leave."""
    domain = recipient.rpartition("@")[2].lower()
    left = (letters.c.automatic, letters.c.state.in_(LEFT), letters.c.ended_at > now - HOUR)
    of_the_domain = func.lower(letters.c.recipient).endswith(f"@{domain}", autoescape=True)
    for most, where, what in (
        (limits.per_hour, (), "in all"),
        (limits.per_hour_to_domain, (of_the_domain,), f"to {domain}"),
        (limits.per_hour_of_template, (letters.c.family == family,), f"of the template {family}"),
    ):
        if connection.execute(select(func.count()).select_from(letters).where(*left, *where)).scalar_one() >= most:
            return f"{most} automatic replies {what} within an hour are the limit"
    return ""


def suppress(connection: Connection, address: str, because: str, now: datetime) -> None:
    """Remember that an address is refused for good; nothing automatic goes there any more."""
    known = connection.execute(select(suppressed.c.address).where(suppressed.c.address == address.lower())).first()
    if not known:
        connection.execute(insert(suppressed).values(address=address.lower(), because=because, since=now))


def count_one_more(connection: Connection) -> int:
    """Count one more letter or action that begins to leave; gives how many there were, this one included."""
    if not connection.execute(update(marks).where(marks.c.name == COUNT).values(count=marks.c.count + 1)).rowcount:
        connection.execute(insert(marks).values(name=COUNT, count=1, words=""))
    return counted(connection)


def counted(connection: Connection) -> int:
    """Give how many letters and actions ever began to leave, as these books know it."""
    return connection.execute(select(marks.c.count).where(marks.c.name == COUNT)).scalar_one_or_none() or 0
