"""Options and words that several commands share."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

config_option = click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("config.toml"),
    envvar="RESPONDER_CONFIG",
    show_default=True,
    help="The configuration file (or RESPONDER_CONFIG).",
)


class Span(click.ParamType[timedelta]):
    """A span of time such as 3d, 12h or 90m."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read a span."""
        if isinstance(value, timedelta):
            return value
        match = re.fullmatch(r"(\d{1,4})([dhm])", str(value).strip())
        if match is None:
            self.fail(f"'{value}' is not a span of time; write it as 3d, 12h or 90m", param, ctx)
        unit = {"d": "days", "h": "hours", "m": "minutes"}[match.group(2)]
        return timedelta(**{unit: int(match.group(1))})


class Moment(click.ParamType[datetime]):
    """A moment such as 2026-03-01T12:00Z; without a zone it is meant in UTC."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read a moment."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a moment; write it as 2026-03-01T12:00Z", param, ctx)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
