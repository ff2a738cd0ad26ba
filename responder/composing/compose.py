"""Compose the text of a reply from its template.

In:   template sources by language and name, and plain values.
Out:  the reply's text; TemplateFault where it cannot be written whole.
Limits: templates run in Jinja's immutable sandbox on strings only; a mail's words are never part of a template's source.
"""

import re
from collections.abc import Mapping

from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from responder.composing.values import Value
from responder.domain.errors import ResponderError

FRAME = "_frame"
MAX_TEXT = 16_000


class TemplateFault(ResponderError):
    """Say why a reply could not be written."""


class Composer:
    """Write replies from templates: language -> name -> source.

    Every language has a template `_frame`, which puts the salutation before `body` and the closing after it.
    """

    def __init__(self, sources: Mapping[str, Mapping[str, str]]) -> None:
        self._sources = sources
        self._environment = ImmutableSandboxedEnvironment(
            loader=DictLoader({f"{language}/{name}": source for language, files in sources.items() for name, source in files.items()}),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # text/plain has nothing to escape
        )

    @property
    def languages(self) -> frozenset[str]:
        """Name the languages that have templates (ISO 639-1)."""
        return frozenset(self._sources)

    def write(self, template: str, language: str, values: Mapping[str, Value]) -> str:
        """Write the text of a reply.

        Raises:
            TemplateFault: the template is missing, broken, names a value that is not known, or writes too much.
        """
        try:
            body = self._environment.get_template(f"{language}/{template}").render(values)
            text = self._environment.get_template(f"{language}/{FRAME}").render({**values, "body": body.strip()})
        except TemplateError as error:
            raise TemplateFault(f"template {language}/{template}: {error}") from error
        text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
        if len(text) > MAX_TEXT:
            raise TemplateFault(f"template {language}/{template}: the reply has {len(text)} characters, more than {MAX_TEXT}")
        return text

    def problems(self, templates: frozenset[str], languages: frozenset[str]) -> list[str]:
        """Check that each template exists in each language and can be read."""
        found = []
        for language in sorted(languages):
            for name in sorted(templates | {FRAME}):
                if name not in self._sources.get(language, {}):
                    found.append(f"template {language}/{name}.txt is missing; write it, or leave '{language}' out of `languages`")
                    continue
                try:
                    self._environment.get_template(f"{language}/{name}")
                except TemplateError as error:
                    found.append(f"template {language}/{name}.txt: {error}")
        return found
