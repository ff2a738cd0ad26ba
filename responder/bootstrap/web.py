"""Put the web pages together from an installation."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from responder.adapters.store.account_books import SqlAccountBooks
from responder.adapters.store.audit import SqlAudit
from responder.adapters.store.case_files import SqlCaseFiles
from responder.adapters.store.figures import SqlFigures
from responder.adapters.store.people import SqlPeople
from responder.bootstrap import Installation
from responder.bootstrap.connections import secret_of
from responder.config.settings import OidcSettings
from responder.domain.errors import ConfigError
from responder.domain.person import Person
from responder.web.app import Server, make_app
from responder.web.guard import Guard
from responder.web.office import Office
from responder.web.overview import INVITATION, Overview
from responder.web.pages import Pages
from responder.web.passwords import digest, new_token
from responder.web.sign_in import SignIn
from responder.web.statistics import Statistics

if TYPE_CHECKING:
    from responder.web.single_sign_on import SingleSignOn


def invite(installation: Installation, person: Person, address: str) -> str:
    """Write a person, new or changed, and give the link with which they set a password, once."""
    token, now = new_token(), installation.clock.now()
    SqlPeople(installation.engine).add(person, digest(token), now + INVITATION)
    about = {"name": person.name, "role": person.role, "mailboxes": ", ".join(person.mailboxes)}
    SqlAudit(installation.engine).note("console", "invited", about, now)
    return f"{address}/invitation/{token}"


def web_server(installation: Installation) -> Server:
    """Give the server that the settings describe.

    Raises:
        ConfigError: the port is taken.
    """
    settings, engine, clock = installation.settings, installation.engine, installation.clock
    web, zone, gate = settings.web, settings.zone(), installation.gate
    people, audit = SqlPeople(engine), SqlAudit(engine)
    guard = Guard(people, clock, secure=web.behind_tls)
    pages = Pages(settings.shop.name, zone)
    reviewer = replace(installation.reviewer, undo=timedelta(seconds=web.undo_seconds))
    office = Office(
        pages,
        reviewer,
        SqlCaseFiles(engine),
        installation.knowledge,
        installation.profiles,
        installation.reply_within,
        people,
        audit,
        clock,
    )
    statistics = Statistics(office, SqlAccountBooks(engine), SqlFigures(engine), installation.marks, zone, gate.stopped)
    overview = Overview(
        pages,
        people,
        audit,
        clock,
        installation.marks,
        [mailbox.name for mailbox in settings.mailbox],
        lambda by, because: gate.stop(by, because, clock.now()),
        gate.resume,
    )
    sign_in = SignIn(guard, pages, people, audit, clock, web.oidc.title if web.oidc else "")
    sign_on = _single_sign_on(web.oidc, sign_in, web.address) if web.oidc else None
    return Server(make_app(guard, office, statistics, overview, sign_in, sign_on), web.host, web.port)


def _single_sign_on(oidc: OidcSettings, sign_in: SignIn, address: str) -> "SingleSignOn":
    try:
        from responder.web.single_sign_on import Provider, SingleSignOn
    except ImportError as error:
        raise ConfigError([f"web.oidc: needs the extra 'oidc': pip install 'responder[oidc]' ({error.name} is missing)"]) from error
    secret = secret_of(oidc, "web.oidc.password")
    return SingleSignOn(Provider(oidc.issuer, oidc.client_id, secret, oidc.claim, oidc.title), sign_in, address.rstrip("/"))
