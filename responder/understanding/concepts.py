"""Find the ideas that a mail names, whatever the language: cancelling, an address, something broken, not.

In:   a mail's subject and text, and the words that stand for each idea in its language.
Out:  the names of the ideas sentence by sentence, and what a classifier counts of them.
The names are the same in every language, so that what is learnt from one language helps all others.
Limits: the longest entry wins; an idea is found by its words alone, not by what the sentence says of it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from responder.domain.errors import ConfigError

WITHOUT_BLANKS = frozenset({"ja", "ko", "zh"})  # words are found anywhere in the text, since blanks do not part them (or only loosely)
LONGEST_PART = 8
MOST = 5000  # characters of a text that are looked at
_ENDS = ".!?;\n。！？"
_TOKEN = re.compile(rf"[\w'-]+|[{_ENDS}]")
_PLAIN = str.maketrans({"ł": "l", "’": "'"})

Sentences = list[list[str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language: whole words, beginnings (`cancel*`), phrases by their first word, and parts of unparted text."""

    words: dict[str, list[str]] = field(default_factory=dict)
    beginnings: dict[str, list[str]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)


def read_lexicon(text: str, language: str, place: str) -> Lexicon:
    """Read lines such as `cancel: cancel* annul* call_off`.

    Raises:
        ConfigError: with one line for every mistake; `place` names the file.
    """
    lexicon = Lexicon()
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        concept, colon, entries = line.partition(":")
        if not colon or not concept.isidentifier() or not entries.strip():
            problems.append(f"{place}:{number}: write `concept: word beginning* two_words`")
            continue
        for entry in entries.split():
            _add(lexicon, concept, entry, language)
    if problems:
        raise ConfigError(problems)
    return lexicon


def _add(lexicon: Lexicon, concept: str, entry: str, language: str) -> None:
    if language in WITHOUT_BLANKS:
        lexicon.parts.setdefault(_one_width(entry), []).append(concept)
        return
    first, *rest = _plain(entry.rstrip("*")).split("_")
    if rest:
        lexicon.phrases.setdefault(first, []).append((tuple(rest), concept))
    elif entry.endswith("*"):
        lexicon.beginnings.setdefault(first, []).append(concept)
    else:
        lexicon.words.setdefault(first, []).append(concept)


def concepts_of(text: str, lexicon: Lexicon) -> Sentences:
    r"""Name the ideas of a text, sentence by sentence.

    >>> concepts_of("Please cancel. Not arrived!", read_lexicon("cancel: cancel*\nnot: not\narrive: arriv*", "en", "en"))
    [['cancel'], ['not', 'arrive'], []]
    """
    text = text[:MOST]
    return _in_parts(_one_width(text), lexicon.parts) if lexicon.parts else _in_words(_TOKEN.findall(_plain(text)), lexicon)


def counted_concepts(sentences: Sentences) -> list[str]:
    """Name what is counted: each idea, ideas that follow each other, and ideas of one sentence."""
    return [name for sentence in sentences for name in _of_sentence(sentence)]


def _of_sentence(sentence: list[str]) -> Iterator[str]:
    yield from sentence
    yield from (f"{one}>{next_one}" for one, next_one in pairwise(sentence))
    yield from (f"{one}+{other}" for one, other in combinations(sorted(set(sentence)), 2))


def _in_parts(text: str, parts: Mapping[str, list[str]]) -> Sentences:
    sentences: Sentences = [[]]
    at = 0
    while at < len(text):
        if text[at] in _ENDS:
            sentences.append([])
        found = next((text[at : at + size] for size in range(LONGEST_PART, 0, -1) if text[at : at + size] in parts), "")
        sentences[-1] += parts.get(found, [])
        at += len(found) or 1
    return sentences


def _in_words(tokens: list[str], lexicon: Lexicon) -> Sentences:
    sentences: Sentences = [[]]
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token in _ENDS:
            sentences.append([])
        phrase, concept = _phrase_at(tokens, at, lexicon)
        sentences[-1] += [concept] if phrase else _word(token, lexicon)
        at += 1 + phrase
    return sentences


def _phrase_at(tokens: list[str], at: int, lexicon: Lexicon) -> tuple[int, str]:
    """Give the number of further words of the longest phrase that begins here, and its concept."""
    found = (
        (len(rest), concept)
        for rest, concept in lexicon.phrases.get(tokens[at], ())
        if len(tokens) - at > len(rest) and all(tokens[at + 1 + place].startswith(word) for place, word in enumerate(rest))
    )
    return max(found, default=(0, ""))


def _word(token: str, lexicon: Lexicon) -> list[str]:
    if token in lexicon.words:
        return lexicon.words[token]
    return next((lexicon.beginnings[token[:size]] for size in range(len(token), 1, -1) if token[:size] in lexicon.beginnings), [])


def _one_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _plain(text: str) -> str:
    """Take the accents off, since half of the writers leave them out."""
    parted = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return "".join(char for char in parted if not unicodedata.combining(char))
