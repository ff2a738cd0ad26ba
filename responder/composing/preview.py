"""Write all replies as one page to look at: every rule with a reply, in every language.

In:   the rules, the templates, the shop.
Out:  an HTML page that loads nothing from elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from responder.composing.compose import Composer, TemplateFault
from responder.composing.samples import sample_values
from responder.composing.values import Shop, Value

_STYLE = """
body { font-family: sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; line-height: 1.45 }
table { border-collapse: collapse; font-size: .85rem } td, th { padding: .2rem .55rem; border-bottom: 1px solid #ddd; text-align: left }
td + td { text-align: center } h2 { margin-top: 3rem }
article { border: 1px solid #ccc; border-radius: .4rem; margin: 1rem 0; padding: .3rem 1rem }
article.fault { border-color: #b00 } pre { white-space: pre-wrap; font: inherit } .about { color: #555 } a { color: #0645ad }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } .about { color: #aaa } a { color: #8ab4f8 } }
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule with a reply, and the state of the made-up order that it is shown with."""

    id: str
    about: str
    template: str
    order: str
    late: bool


def preview_page(rules: Iterable[Shown], composer: Composer, languages: Iterable[str], shop: Shop, today: date) -> str:
    """Give the page: first the matrix of rules and languages, then every reply."""
    rules, languages = list(rules), sorted(languages)
    replies = {
        (language, rule.id): _reply(composer, rule, language, sample_values(language, shop, rule.order, today, late=rule.late))
        for language in languages
        for rule in rules
    }
    head = "".join(f"<th>{language}</th>" for language in languages)
    rows = "\n".join(
        f"<tr><td>{escape(rule.id)}</td>"
        + "".join(f'<td><a href="#{language}-{rule.id}">{_mark(replies[language, rule.id])}</a></td>' for language in languages)
        + "</tr>"
        for rule in rules
    )
    sections = "\n".join(
        f'<h2 lang="en" id="{language}">{language}</h2>\n'
        + "\n".join(_article(rule, language, replies[language, rule.id]) for rule in rules)
        for language in languages
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Replies of {escape(shop.name)}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>Replies of {escape(shop.name)}</h1>\n"
        f"<p>{len(rules)} rules with a reply, {len(languages)} languages, shown for a made-up order.</p>\n"
        f"<table><tr><th>rule</th>{head}</tr>\n{rows}\n</table>\n{sections}\n</body></html>\n"
    )


def _reply(composer: Composer, rule: Shown, language: str, values: Mapping[str, Value]) -> tuple[bool, str]:
    try:
        return True, composer.write(rule.template, language, values)
    except TemplateFault as fault:
        return False, str(fault)


def _mark(reply: tuple[bool, str]) -> str:
    return "✓" if reply[0] else "✗"


def _article(rule: Shown, language: str, reply: tuple[bool, str]) -> str:
    well, text = reply
    return (
        f'<article id="{language}-{escape(rule.id)}"{"" if well else " class=fault"}><h3>{escape(rule.id)}</h3>'
        f'<p class="about">{escape(rule.about)} ({escape(rule.template)}.txt)</p><pre lang="{language}">{escape(text)}</pre></article>'
    )
