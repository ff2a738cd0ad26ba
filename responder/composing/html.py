"""Write a reply's text as HTML, for mail programs that show that part first.

In:   the text of a reply.
Out:  a small document that says the same: paragraphs, indented lines as a block, web addresses as links.
Limits: everything is escaped; nothing is loaded from elsewhere; no script, no picture, no style but the plainest.
"""

import re
from html import escape

_URL = re.compile(r"https?://[^\s<>\"']{1,500}[^\s<>\"'.,;:!?)\]}）。，]")
_INDENT = "    "


def html_of(text: str, language: str) -> str:
    r"""Give the document.

    >>> html_of("Hello Anna,\n\nsee https://shop.example/1.", "en").splitlines()[-3:-1]
    ['<p>Hello Anna,</p>', '<p>see <a href="https://shop.example/1">https://shop.example/1</a>.</p>']
    """
    blocks = [block for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]
    body = "\n".join(map(_block, blocks))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8"></head>'
        f'<body style="font-family: sans-serif">\n{body}\n</body></html>\n'
    )


def _block(block: str) -> str:
    lines = block.split("\n")
    written = "<br>\n".join(_linked(line.strip()) for line in lines)
    if all(line.startswith(_INDENT) for line in lines):
        return f'<p style="margin-left: 2em">{written}</p>'
    return f"<p>{written}</p>"


def _linked(line: str) -> str:
    parts, at = [], 0
    for match in _URL.finditer(line):
        url = escape(match[0])
        parts += [escape(line[at : match.start()]), f'<a href="{url}">{url}</a>']
        at = match.end()
    return "".join([*parts, escape(line[at:])])
