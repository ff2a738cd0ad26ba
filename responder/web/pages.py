"""Fill the page templates in.

In:   values.
Out:  HTML, escaped throughout.
Limits: the templates hold the English words; those of other languages stand in `words/<language>.toml`, one file a language.
"""

import tomllib
from datetime import tzinfo
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from responder.web.guard import Asker

LANGUAGES = ("en", "de", "zh")


class Pages:
    """The templates, in the languages of the people who read them."""

    def __init__(self, shop_name: str, zone: tzinfo) -> None:
        self._environment = Environment(
            loader=PackageLoader("responder.web", "pages"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.shop_name = shop_name
        self._environment.globals["shop_name"] = shop_name
        self._environment.filters["moment"] = lambda moment: f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
        self._words = {language: _words(language) for language in LANGUAGES}

    def show(self, request: Request, asker: Asker, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """Give a page in the language that the browser asks for."""
        language = language_of(request)
        words = self._words[language]

        def told(text: str, **slots: object) -> str:
            return words.get(text, text).format(**slots) if slots else words.get(text, text)

        text = self._environment.get_template(template).render(
            t=told,
            language=language,
            person=asker.session.person if asker.session else None,
            csrf=asker.session.csrf if asker.session else "",
            path=request.url.path,
            **values,
        )
        return HTMLResponse(text, status)


def language_of(request: Request) -> str:
    """Choose the first of the browser's languages that there are words for (RFC 9110 section 12.5.4)."""
    wanted = [part.partition(";")[0].strip().lower()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((language for language in wanted if language in LANGUAGES), "en")


def _words(language: str) -> dict[str, str]:
    text = files("responder.web").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))
