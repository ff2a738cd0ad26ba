"""Write a mail's text the way the classifier compares it: one case, one width, figures masked.

In:   subject and new text of a mail.
Out:  one line of words.
Standards: Unicode NFKC and full case folding (UAX #15, UAX #44).
Limits: only the first and the last part of very long mails are looked at; requests stand at the beginning or at the end.
"""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote: `language` is an ISO 639-1 code or `unknown`."""

    subject: str
    body: str
    language: str


HEAD = 4000
TAIL = 1000

_REPLY_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|antw|antwort|rif|res|rv|sv|vs|odp|ref|fw|fwd|wg|tr|rép|回复|答复|回覆|転送|转发|轉寄)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)\S{1,500}")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_MONEY = re.compile(
    r"(?:[$€£¥₩]|\b(?:usd|eur|gbp|cny|rmb|jpy|chf)\b)\s?\d[\d.,]{0,12}|\d[\d.,]{0,12}\s?(?:[$€£¥₩元]|(?:usd|eur|gbp|cny|rmb|jpy|chf|euros?)\b)"
)
_NUMBER = re.compile(r"[#№]?(?:[a-z]{1,5}[-/]?)?\d[\d/-]{3,40}[a-z]{0,3}(?![a-z])")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")


def without_reply_prefix(subject: str) -> str:
    """Take `Re:`, `AW:`, `转发:` and their like off a subject."""
    return _REPLY_PREFIX.sub("", subject)


def classifier_text(subject: str, body: str) -> str:
    """Give the text from which features are made.

    >>> classifier_text("Re: Order #10422", "Where is my parcel? See https://track.example/1")
    'order numbermask where is my parcel? see urlmask'
    """
    if len(body) > HEAD + TAIL:
        body = f"{body[:HEAD]} {body[-TAIL:]}"
    text = unicodedata.normalize("NFKC", f"{without_reply_prefix(subject)[:500]}\n{body}").casefold()
    text = _URL.sub(" urlmask ", text)
    text = _ADDRESS.sub(" mailmask ", text)
    text = _MONEY.sub(" moneymask ", text)
    text = _NUMBER.sub(" numbermask ", text)
    text = _DIGITS.sub("0", text)
    # Chinese and Japanese are written without blanks: each character counts as a word, and neighbours as pairs.
    text = _IDEOGRAPH.sub(r" \g<0> ", text)
    return _BLANKS.sub(" ", text).strip()
