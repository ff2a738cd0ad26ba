"""Tell the language of a text.

In:   text, and the languages that the model knows.
Out:  an ISO 639-1 code, or `unknown`.
Limits: a few words are judged among the known languages only, since among all of them the judgement is a lottery; longer text in
another language keeps that language's code, so that nobody is answered in a language he did not use.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from responder.understanding.text import Written, without_reply_prefix

SURE = 0.6
SHORT = 60
FAR_AHEAD = 0.9
MOST = 2000
_NOISE = re.compile(r"\S*[@/\d_]\S*")
_CJK = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str, known: Sequence[str]) -> str:
    """Tell the language of a text: one of `known`, another one, or `unknown`.

    >>> language_of("Bitte stornieren Sie meine Bestellung", ("de", "en"))
    'de'
    """
    words = _NOISE.sub(" ", text[:MOST]).strip()
    if not words:
        return "unknown"
    by_script = _by_script(words)
    if by_script:
        return by_script
    ranked = [(str(language), float(probability)) for language, probability in _identifier().rank(words)]
    best, probability = ranked[0]
    if best in known and probability >= SURE:
        return best
    if best not in known and len(words) > SHORT and probability >= FAR_AHEAD:
        return best
    among = [(language, probability) for language, probability in ranked if language in known]
    total = sum(probability for _, probability in among)
    if not among or total <= 0:
        return "unknown"
    best, probability = among[0]
    return best if probability / total >= SURE else "unknown"


def written(subject: str, body: str, known: Sequence[str]) -> Written:
    """Say in which of the known languages a text is written."""
    subject = without_reply_prefix(subject)
    return Written(subject, body, language_of(f"{subject}\n{body}", known))


def _by_script(words: str) -> str | None:
    """Tell Japanese, Korean and Chinese by their scripts, which no other language shares."""
    letters = sum(char.isalpha() for char in words)
    if len(_KANA.findall(words)) * 8 > letters:
        return "ja"
    if len(_HANGUL.findall(words)) * 4 > letters:
        return "ko"
    if len(_CJK.findall(words)) * 4 > letters:
        return "zh"
    return None
