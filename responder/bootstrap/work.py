"""The work on the mailboxes, and what comes before it at every start.

In:   an installation.
Out:  mail looked for, decided and delivered.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from responder.bootstrap import Installation
from responder.bootstrap.connections import imap_mailbox, smtp_courier
from responder.config.settings import MailboxSettings
from responder.domain.errors import TransientError
from responder.workflow.deliver import deliver, find_uncertain
from responder.workflow.freshness import still_true
from responder.workflow.receive import poll, settle_arrived

LOOK_FOR_UNCERTAIN_EVERY = timedelta(minutes=10)
log = logging.getLogger(__name__)


def recover(installation: Installation) -> int:
    """Put right what a crash or a restored database has left behind; gives how many replies a person must now look at.

    Raises:
        ConfigError: the database is damaged.
    """
    from responder.adapters.store.engine import check_integrity

    check_integrity(installation.engine, installation.settings.database.path)
    now, marks, kept = installation.clock.now(), installation.marks, installation.mark_file.read()
    in_doubt = installation.outbox().recover(now)
    if kept > marks.left():
        because = (
            f"the database is older than what has happened ({kept - marks.left()} replies or actions are missing in it), so nothing leaves "
            "without a person until `responder release`"
        )
        in_doubt += marks.hold(because, kept, now)
    installation.mark_file.write(marks.left())
    if held := marks.held():
        log.error("%s", held)
    return in_doubt


class MailboxWork:
    """The work on one mailbox: looking for mail and deciding it, and delivering what waits to leave.

    The two may run side by side; each has its own connection.
    """

    def __init__(self, installation: Installation, mailbox: MailboxSettings, going_on: Callable[[], bool]) -> None:
        from responder.adapters.store.ledger import SqlLedger
        from responder.adapters.store.reviews import SqlReviews

        self.name = mailbox.name
        self._installation = installation
        self._profile = installation.profiles[mailbox.name]
        self._ledger = SqlLedger(installation.engine)
        self._outbox = installation.outbox()
        self._reviews = SqlReviews(installation.engine)
        self._arriving = imap_mailbox(mailbox)
        self._filing = imap_mailbox(mailbox) if mailbox.file_sent else None
        self._courier = smtp_courier(mailbox)
        self._going_on = going_on
        self._stop_folder = mailbox.stop_folder
        self._stopped_by_folder = False
        self._looked_for_uncertain: datetime | None = None

    def look(self, backlog: timedelta | None = None) -> int:
        """Fetch what is new and decide it; gives how many mails were settled.

        Raises:
            OutsideError: the mail server is away, or refuses, or the disk is nearly full; what was fetched before is decided all the same.
        """
        parts = self._installation
        try:
            if full := parts.gate.disk_full():
                raise TransientError(f"no mail is fetched: {full}")
            poll(self._arriving, self.name, self._ledger, parts.clock, backlog=backlog)
            self._look_for_stop_folder()
        finally:
            settled = settle_arrived(self._profile, parts.knowledge, self._ledger, parts.clock, parts.signet, self._going_on)
        return settled

    def _look_for_stop_folder(self) -> None:
        stopped = bool(self._stop_folder) and self._arriving.has_folder(self._stop_folder)
        if stopped != self._stopped_by_folder:
            told = f"nothing leaves while the folder {self._stop_folder} is there" if stopped else "replies may leave again"
            log.warning("mailbox %s: %s", self.name, told)
        self._stopped_by_folder = stopped

    def _may_leave(self) -> bool:
        return self._going_on() and not self._stopped_by_folder and not self._installation.gate.shut()

    def deliver(self) -> int:
        """Do the actions and send the letters that are due; gives how many were sent."""
        parts = self._installation
        now = parts.clock.now()
        if self._filing and (self._looked_for_uncertain is None or now - self._looked_for_uncertain > LOOK_FOR_UNCERTAIN_EVERY):
            self._looked_for_uncertain = now
            find_uncertain(self.name, self._outbox, self._filing, parts.clock)
        return deliver(
            self.name,
            self._outbox,
            parts.order_desk,
            self._courier,
            parts.clock,
            still_true=lambda letter: still_true(letter, self._profile, parts.knowledge, self._ledger, self._reviews, parts.clock),
            sent_mail=self._filing,
            going_on=self._may_leave,
        )

    def close(self) -> None:
        """End the connections."""
        self._arriving.close()
        self._courier.close()
        if self._filing:
            self._filing.close()
