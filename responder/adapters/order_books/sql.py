"""Look orders up in a database: any that SQLAlchemy speaks to, by a query of the operator's.

In:   a URL, and a query with `:numbers` (a list, for IN) and `:email`, both as they are compared: numbers in capitals without blanks and a
      leading `#`, the address in small letters.
Out:  Orders, one for each row; the query's columns bear the names of `COLUMNS`, others are left aside.
Limits: nothing is ever written: each look-up is rolled back, and PostgreSQL is asked for a read-only transaction. A look-up opens a
connection of its own, so that none goes stale.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from responder.adapters.order_books.cells import COLUMNS, orders_of
from responder.domain.errors import ConfigError, TransientError
from responder.domain.order import Order, normal_number

PLACE = "orders.sql"


def with_password(url: str, password: str) -> str:
    """Put a password into a URL that has none.

    Raises:
        ConfigError: it is no URL.
    """
    try:
        return make_url(url).set(password=password).render_as_string(hide_password=False)
    except ArgumentError as error:
        raise ConfigError([f"{PLACE}: url is not a database URL such as postgresql+psycopg://reader@127.0.0.1/shop"]) from error


class SqlOrderBook:
    """Look orders up by a query."""

    def __init__(self, url: str, query: str, timeout_seconds: int) -> None:
        try:
            parsed = make_url(url)
            connect: dict[str, object] = {"timeout": timeout_seconds} if parsed.get_backend_name() == "sqlite" else {}
            if parsed.get_backend_name() == "postgresql":
                connect = {"connect_timeout": timeout_seconds, "options": f"-c statement_timeout={timeout_seconds * 1000}"}
            self._engine = create_engine(url, connect_args=connect, poolclass=NullPool, hide_parameters=True)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise ConfigError([f"{PLACE}: the URL cannot be used: {type(error).__name__}: {error}; is the driver installed?"]) from error
        if parsed.get_backend_name() == "postgresql":
            self._engine = self._engine.execution_options(postgresql_readonly=True)
        self._query = text(query).bindparams(bindparam("numbers", expanding=True))

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        """Give all orders that bear one of the numbers or belong to the address, each once, in the query's order.

        Raises:
            TransientError: the database is away, or refuses the query.
            OrderBookFault: a row is not an order.
        """
        asked = {"numbers": [normal_number(number) for number in numbers] or [""], "email": email.lower()}
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(self._query, asked).mappings().all()
                connection.rollback()
        except DBAPIError as error:
            raise TransientError(f"{PLACE}: {error.orig}") from error
        except SQLAlchemyError as error:
            raise TransientError(f"{PLACE}: {error}") from error
        known: list[Mapping[str, object]] = [{name: row[name] for name in COLUMNS if name in row} for row in rows]
        return tuple(dict.fromkeys(orders_of(known, PLACE)))
