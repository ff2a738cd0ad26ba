"""The classifier: words and character n-grams into one linear classifier, ideas of any language into another, both weighed together.

In:   `model.npz` (numbers and feature names, never pickle) and `card.json` (what it is, and the digest of the arrays).
Out:  calibrated probabilities for every label, the phrases that spoke, the nearest examples, and the threshold for a stated risk.
The second stage learns from scores of held-out mails which labels are taken for which, and how much a lead is worth
(stacking, Wolpert 1992).
Source: scikit-learn's TfidfVectorizer does the counting, so that training and asking count alike;
the bound after Clopper and Pearson 1934. How sure a judgement is, `doubt` says.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import betaincinv
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from responder.domain.errors import ConfigError
from responder.domain.understanding import LABELS, Label, Neighbour, Phrase
from responder.understanding.concepts import Lexicon, concepts_of, counted_concepts, read_lexicon
from responder.understanding.doubt import Counted, Nearest, by_word, confidence, nearest, signs, with_confidence
from responder.understanding.text import Written, classifier_text

Floats = NDArray[np.float64]
WORD = re.compile(r"(?u)\b\w+\b")
NEVER = 2.0
LEAST = 0.5  # whatever the data prove, nothing is answered alone that is as likely wrong as right
MAX_PHRASES = 6
NEIGHBOURS = 3


def word_vectorizer(vocabulary: Mapping[str, int] | None = None, **options: Any) -> TfidfVectorizer:
    """Make the counter of words, of pairs and of triples of words."""
    return TfidfVectorizer(
        vocabulary=vocabulary,
        lowercase=False,
        token_pattern=WORD.pattern,
        ngram_range=(1, 3),
        sublinear_tf=True,
        dtype=np.float64,
        **options,
    )


def char_vectorizer(vocabulary: Mapping[str, int] | None = None, **options: Any) -> TfidfVectorizer:
    """Make the counter of character n-grams within words."""
    return TfidfVectorizer(
        vocabulary=vocabulary, lowercase=False, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float64, **options
    )


def concept_vectorizer(vocabulary: Mapping[str, int] | None = None, **options: Any) -> TfidfVectorizer:
    """Make the counter of ideas, which takes lists of their names."""
    return TfidfVectorizer(vocabulary=vocabulary, analyzer=list, sublinear_tf=True, dtype=np.float64, **options)


def named_concepts(mails: Sequence[Written], lexicons: Mapping[str, Lexicon]) -> list[list[str]]:
    """Name what is counted of each mail's ideas; nothing in a language without a lexicon."""
    return [
        counted_concepts(concepts_of(f"{mail.subject}\n{mail.body}", lexicons[mail.language])) if mail.language in lexicons else []
        for mail in mails
    ]


def count(
    texts: Sequence[str], named: Sequence[list[str]], words: TfidfVectorizer, chars: TfidfVectorizer, ideas: TfidfVectorizer
) -> Counted:
    """Count the words, the n-grams and the ideas of texts."""
    tokens = [WORD.findall(text) for text in texts]
    known = [sum(token in words.vocabulary_ for token in each) for each in tokens]
    return Counted(
        weighed_counts(words, texts),
        weighed_counts(chars, texts),
        weighed_counts(ideas, named),
        np.array([len(each) for each in tokens]),
        np.array(known),
    )


def weighed_counts(vectorizer: TfidfVectorizer, texts: Sequence[str] | Sequence[list[str]]) -> csr_matrix:
    """Give what `vectorizer.transform` gives, without its checks of our own numbers, which take longer than the work itself."""
    counts = csr_matrix(CountVectorizer.transform(vectorizer, texts))
    counts.data = (1 + np.log(counts.data)) * vectorizer.idf_[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    counts.data /= np.sqrt(np.bincount(rows, counts.data**2, counts.shape[0]))[rows]
    return counts


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about texts; `probabilities` are calibrated: shape (texts, labels), rows that sum to one."""

    counted: Counted
    near: Nearest
    probabilities: Floats


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What the model said of mails that it was not trained on: confidence of its first label, and whether that was right."""

    label: Label
    confidence: Floats
    right: NDArray[np.bool_]


def threshold_for(held_out: HeldOut, max_wrong: float, sure: float = 0.95) -> float:
    """Give the lowest confidence from which at most `max_wrong` of the answers are wrong, shown with probability `sure`.

    The upper Clopper-Pearson bound of the wrong share among all held-out mails at or above the threshold must stay within
    `max_wrong`. Gives `NEVER` where the data cannot show it.
    """
    order = np.argsort(-held_out.confidence)
    wrong = np.cumsum(~held_out.right[order])
    count = np.arange(1, len(order) + 1)
    bound = betaincinv(wrong + 1, np.maximum(count - wrong, 1), sure)
    ends_here = np.append(np.diff(held_out.confidence[order]) != 0, True)
    holds = np.flatnonzero((bound <= max_wrong) & ends_here)
    return max(float(held_out.confidence[order][holds[-1]]), LEAST) if len(holds) else NEVER


def wanting(held_out: HeldOut, max_wrong: float, sure: float = 0.95) -> int:
    """Give how many more held-out mails, all judged rightly and as surely as the surest, would show that risk for some threshold."""
    wrong = np.cumsum(~held_out.right[np.argsort(-held_out.confidence)])
    count = np.arange(1, len(wrong) + 1)
    fewest = _fewest(int(wrong[-1]) if len(wrong) else 0, max_wrong, sure)
    # Also without a single mail: so many that not one of them may be wrong.
    return int(min([fewest[0], *np.maximum(fewest[wrong] - count, 0)]))


def _fewest(most_wrong: int, max_wrong: float, sure: float) -> NDArray[np.int_]:
    """Give for each number of wrong answers, from none to `most_wrong`, among how many mails it still shows the risk."""
    needed, count = [], 1
    for wrong in range(most_wrong + 1):
        while betaincinv(wrong + 1, max(count - wrong, 1), sure) > max_wrong:
            count += 1
        needed.append(count)
    return np.array(needed)


class Classifier:
    """Ask the trained model; `card` says what it is."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], card: Mapping[str, Any]) -> None:
        self.card = card
        self.languages: tuple[str, ...] = tuple(card["languages"])
        self._labels = cast(tuple[Label, ...], tuple(card["labels"]))
        self._word_names = bytes(arrays["words"]).decode("utf-8").split("\n")
        self._words = word_vectorizer(_vocabulary(arrays["words"]))
        self._words.idf_ = arrays["words_idf"].astype(np.float64)
        self._chars = char_vectorizer(_vocabulary(arrays["chars"]))
        self._chars.idf_ = arrays["chars_idf"].astype(np.float64)
        # One row a feature, so that the few features of a mail are found side by side.
        coef = np.ascontiguousarray(arrays["coef"].T).astype(np.float64)
        self._words_coef, self._chars_coef = coef[: len(self._word_names)], coef[len(self._word_names) :]
        self._intercept = arrays["intercept"].astype(np.float64)
        self._lexicons = {
            language: read_lexicon(text, language, f"the model's concepts for '{language}'")
            for language, text in json.loads(bytes(arrays["lexicons"])).items()
        }
        self._ideas = concept_vectorizer(_vocabulary(arrays["ideas"]))
        self._ideas.idf_ = arrays["ideas_idf"].astype(np.float64)
        self._ideas_coef = np.ascontiguousarray(arrays["ideas_coef"].T).astype(np.float64)
        self._ideas_intercept = arrays["ideas_intercept"].astype(np.float64)
        self._weighing = arrays["weighing"].astype(np.float64)
        self._weighing_intercept = arrays["weighing_intercept"].astype(np.float64)
        self._doubt, self._doubt_intercept = arrays["doubt"].astype(np.float64), float(arrays["doubt_intercept"])
        shape = (len(arrays["example_label"]), len(self._word_names))
        words = (arrays["example_weights"].astype(np.float64), arrays["example_words"].astype(np.int32), arrays["example_starts"])
        self._examples = by_word(csr_matrix(words, shape=shape))
        self._example_label = arrays["example_label"].astype(np.int_)
        self._excerpts = bytes(arrays["excerpts"]).decode("utf-8").split("\n")
        self.held_out = {
            label: HeldOut(label, arrays["held_out_confidence"][mine].astype(np.float64), arrays["held_out_right"][mine])
            for index, label in enumerate(self._labels)
            for mine in [arrays["held_out_label"] == index]
        }

    @property
    def labels(self) -> tuple[Label, ...]:
        """Name the labels, in the order of the columns of probabilities."""
        return self._labels

    def judge(self, mails: Sequence[Written]) -> Judgement:
        """Judge what people wrote."""
        texts = [classifier_text(mail.subject, mail.body) for mail in mails]
        counted = count(texts, named_concepts(mails, self._lexicons), self._words, self._chars, self._ideas)
        by_words = counted.words @ self._words_coef + counted.chars @ self._chars_coef + self._intercept
        scores = np.hstack([by_words, counted.ideas @ self._ideas_coef + self._ideas_intercept])
        logits = scores @ self._weighing.T + self._weighing_intercept
        near = nearest(counted.words, self._examples)
        found = signs(scores, logits, counted, near, self._example_label)
        return Judgement(counted, near, with_confidence(logits, confidence(found, self._doubt, self._doubt_intercept)))

    def neighbours(self, judgement: Judgement) -> tuple[Neighbour, ...]:
        """Give the examples that are most like the first text."""
        found = zip(judgement.near.examples[0][:NEIGHBOURS], judgement.near.similarity[0], strict=False)
        return tuple(
            Neighbour(self._labels[self._example_label[number]], self._excerpts[number], float(similarity))
            for number, similarity in found
            if number >= 0
        )

    def phrases(self, judgement: Judgement, label: Label) -> tuple[Phrase, ...]:
        """Give the words of the first text that weighed most for or against a label."""
        row = judgement.counted.words[:1]
        weights = row.data * self._words_coef[row.indices, self._labels.index(label)]
        heaviest = np.argsort(-np.abs(weights))[:MAX_PHRASES]
        return tuple(Phrase(self._word_names[row.indices[index]], float(weights[index])) for index in heaviest)

    def thresholds(self, max_wrong: float) -> dict[Label, float]:
        """Give for every label the confidence from which it may be answered alone at this risk."""
        return {label: threshold_for(held_out, max_wrong) for label, held_out in self.held_out.items()}


def _vocabulary(names: NDArray[Any]) -> dict[str, int]:
    return {name: index for index, name in enumerate(bytes(names).decode("utf-8").split("\n"))}


def load_classifier(arrays: bytes, card: bytes, place: str) -> Classifier:
    """Read a model from the contents of its two files; `place` names it in errors.

    Raises:
        ConfigError: a file is damaged, or the two do not belong together.
    """
    mend = "train it anew with `responder train`, or restore the shipped one"
    try:
        read = json.loads(card)
        if hashlib.sha256(arrays).hexdigest() != read["sha256"]:
            raise ConfigError([f"{place}: model.npz is not the file that card.json describes; {mend}"])
        unknown = sorted(set(read["labels"]) - set(LABELS))
        if unknown:
            raise ConfigError([f"{place}: it knows labels that this version does not ({', '.join(unknown)}); {mend}"])
        with np.load(BytesIO(arrays), allow_pickle=False) as file:
            return Classifier({name: file[name] for name in file.files}, read)
    except (ValueError, KeyError, OSError) as error:
        raise ConfigError([f"{place}: the model cannot be read ({error}); {mend}"]) from error
