"""Look orders up at any interface that answers with JSON.

In:   a URL with {numbers} and {email}, headers, and where each column stands in the answer, as JMESPath expressions.
Out:  Orders.
Standards: JMESPath for the places; RFC 3986 for what is put into the URL.
"""

from collections.abc import Callable, Mapping, Sequence
from types import NoneType
from urllib.parse import quote

import jmespath
from jmespath.exceptions import JMESPathError

from responder.adapters.order_books.cells import COLUMNS, OrderBookFault, orders_of
from responder.adapters.shops.web import ask
from responder.domain.errors import ConfigError, TransientError
from responder.domain.order import Order

PLACE = "orders.http"


class HttpOrderBook:
    """Ask an interface once for each mail; `orders` finds the list, `fields` each column in one of its entries."""

    def __init__(
        self, url: str, headers: Callable[[], Mapping[str, str]], orders: str, fields: Mapping[str, str], timeout_seconds: float
    ) -> None:
        problems = [f"{PLACE}.fields: '{name}' is not known; one of {', '.join(COLUMNS)}" for name in fields if name not in COLUMNS]
        problems += [f"{PLACE}.fields: '{name}' is missing" for name in ("number", "email") if name not in fields]
        compiled = {}
        for name, expression in {"orders": orders, **fields}.items():
            try:
                compiled[name] = jmespath.compile(expression)
            except JMESPathError as error:
                problems.append(f"{PLACE}: '{name}' is not a JMESPath expression: {str(error).splitlines()[0]}")
        if problems:
            raise ConfigError(problems)
        self._url, self._headers, self._timeout = url, headers, timeout_seconds
        self._orders = compiled.pop("orders")
        self._fields = compiled

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        """Give all orders that the interface tells for the numbers and the address, each once.

        Raises:
            TransientError: it is away, refuses, or answers something else.
        """
        values = {"numbers": quote(",".join(numbers), safe=","), "email": quote(email, safe="")}
        url = self._url.replace("{numbers}", values["numbers"]).replace("{email}", values["email"])
        answer = ask("GET", url, headers=self._headers(), timeout_seconds=self._timeout, place=PLACE)
        if not isinstance(answer, (dict, list, NoneType)):
            raise TransientError(f"{PLACE}: the answer is neither an object nor a list")
        try:
            found = self._orders.search(answer) or []
            entries = found if isinstance(found, list) else [found]
            rows = [{name: _text(field.search(entry)) for name, field in self._fields.items()} for entry in entries]
        except JMESPathError as error:
            raise OrderBookFault([f"{PLACE}: {error}"]) from error
        return tuple(dict.fromkeys(orders_of(rows, PLACE)))


def _text(value: object) -> object:
    return ";".join(map(str, value)) if isinstance(value, list) else value
