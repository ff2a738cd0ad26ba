"""The classifier: words and character n-grams into one linear classifier, ideas of any language into another, both weighed together.

In:   `model.npz` (numbers and feature names, never pickle) and `card.json` (what it is, and the digest of the arrays).
Out:  calibrated probabilities for every label, the phrases that spoke, the nearest examples, and the threshold for a stated risk.
The second stage learns from scores of held-out mails which labels are taken for which, and how much a lead is worth
(stacking, Wolpert 1992).
Source: the bound after Clopper and Pearson 1934. How sure a judgement is, `doubt` says.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import betaincinv

from responder.domain.errors import ConfigError
from responder.domain.understanding import Label, Neighbour, Phrase
from responder.understanding.concepts import Lexicon, concepts_of, counted_concepts
from responder.understanding.doubt import Counted, Nearest, confidence, nearest, signs, with_confidence
from responder.understanding.features import Features, words_of
from responder.understanding.text import Written, classifier_text

Floats = NDArray[np.float64]
NEVER = 2.0
LEAST = 0.5  # whatever the data prove, nothing is answered alone that is as likely wrong as right
MAX_PHRASES = 6
NEIGHBOURS = 3
SURE = 0.95  # with which probability a bound holds
FEWEST_TO_TELL = 50  # held-out mails of a label above a threshold that others prove for it
AT_ONCE = 200  # texts, so that memory stays bounded


def named_concepts(mails: Sequence[Written], lexicons: Mapping[str, Lexicon]) -> list[list[str]]:
    """Name what is counted of each mail's ideas; nothing in a language without a lexicon."""
    return [
        counted_concepts(concepts_of(f"{mail.subject}\n{mail.body}", lexicons[mail.language])) if mail.language in lexicons else []
        for mail in mails
    ]


def linear_scores(counted: csr_matrix, coef: NDArray[Any], intercept: Floats | float) -> Floats:
    """Give the scores of a linear classifier, shape (texts, labels); `coef` has a row a feature, of which only those counted are read."""
    scores = np.zeros((counted.shape[0], coef.shape[1]))
    for start in range(0, len(scores), AT_ONCE):
        ends = counted.indptr[start : start + AT_ONCE + 1]
        part = slice(ends[0], ends[-1])
        filled = np.flatnonzero(np.diff(ends))
        if len(filled):
            weighed = coef[counted.indices[part]].astype(np.float64) * counted.data[part, None]
            scores[start + filled] = np.add.reduceat(weighed, ends[filled] - ends[0])
    return scores + intercept


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about texts; `probabilities` are calibrated: shape (texts, labels), rows that sum to one."""

    texts: list[str]
    counted: Counted
    near: Nearest
    probabilities: Floats


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What the model said of mails that it was not trained on: confidence of its first label, and whether that was right."""

    label: Label
    confidence: Floats
    right: NDArray[np.bool_]


def threshold_for(held_out: HeldOut, max_wrong: float, sure: float = SURE) -> float:
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


def thresholds_for(held_out: Mapping[Label, HeldOut], max_wrong: float) -> dict[Label, float]:
    """Give for every label the confidence from which it may be answered alone, so that at most `max_wrong` of all answers are wrong.

    A label that proves the risk by itself has its own threshold. The others share one that all held-out mails prove together, and a
    label is raised above it, or left out, while more of its own mails above it were wrong than the risk allows, or too few are there
    to tell. The bound is shown anew for all that would then be answered; where it does not hold, only labels with a proof of their own are.
    """
    alone = {label: threshold_for(each, max_wrong) for label, each in held_out.items()}
    confidence = np.concatenate([each.confidence for each in held_out.values()])
    right = np.concatenate([each.right for each in held_out.values()])
    together = threshold_for(HeldOut("", confidence, right), max_wrong)
    found = {label: min(alone[label], _not_contradicted(each, max(together, LEAST), max_wrong)) for label, each in held_out.items()}
    answered = [each.right[each.confidence >= found[label]] for label, each in held_out.items()]
    total, wrong = sum(map(len, answered)), sum(int((~each).sum()) for each in answered)
    holds = total > wrong and betaincinv(wrong + 1, total - wrong, SURE) <= max_wrong
    return found if holds else alone


def _not_contradicted(held_out: HeldOut, least: float, max_wrong: float) -> float:
    """Give the lowest confidence, `least` or above, from which no more of a label's mails were wrong than the risk allows."""
    order = np.argsort(-held_out.confidence)
    confidence = held_out.confidence[order]
    count = np.arange(1, len(order) + 1)
    ends_here = np.append(np.diff(confidence) != 0, True) if len(order) else np.zeros(0, dtype=bool)
    fits = (np.cumsum(~held_out.right[order]) <= max_wrong * count) & (count >= FEWEST_TO_TELL) & (confidence >= least) & ends_here
    return float(confidence[np.flatnonzero(fits)[-1]]) if fits.any() else NEVER


def wanting(held_out: HeldOut, max_wrong: float, sure: float = SURE) -> int:
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
        self.labels: tuple[Label, ...] = tuple(card["labels"])
        self._words = Features(arrays["words"], arrays["words_idf"].astype(np.float64))
        self._chars = Features(arrays["chars"], arrays["chars_idf"].astype(np.float64))
        self._ideas = Features(arrays["ideas"], arrays["ideas_idf"].astype(np.float64))
        self._words_coef, self._chars_coef, self._ideas_coef = arrays["words_coef"], arrays["chars_coef"], arrays["ideas_coef"]
        self._intercept = arrays["intercept"].astype(np.float64)
        self._ideas_intercept = arrays["ideas_intercept"].astype(np.float64)
        self._lexicons = {language: Lexicon(**words) for language, words in json.loads(bytes(arrays["lexicons"])).items()}
        self._weighing = arrays["weighing"].astype(np.float64)
        self._weighing_intercept = arrays["weighing_intercept"].astype(np.float64)
        self._doubt, self._doubt_intercept = arrays["doubt"].astype(np.float64), float(arrays["doubt_intercept"])
        shape = (len(self._words.places), len(arrays["example_label"]))
        weights = arrays["example_weights"].astype(np.float64), arrays["example_mails"].astype(np.int32), arrays["example_starts"]
        self._examples = csr_matrix(weights, shape=shape)
        self._example_label = arrays["example_label"].astype(np.int_)
        self._excerpts, self._excerpt_ends = bytes(arrays["excerpts"]), arrays["excerpt_ends"]
        # Where mails are marked as those of every day, what is proven is proven on them: they are what an inbox receives.
        everyday = arrays["held_out_everyday"]
        counts = everyday if everyday.any() else ~everyday
        self.held_out = {
            label: HeldOut(label, arrays["held_out_confidence"][mine].astype(np.float64), arrays["held_out_right"][mine])
            for index, label in enumerate(self.labels)
            for mine in [(arrays["held_out_label"] == index) & counts]
        }
        self.held_out_probabilities = arrays["held_out_probabilities"].astype(np.float64)
        self.held_out_truth = self._example_label

    def judge(self, mails: Sequence[Written]) -> Judgement:
        """Judge what people wrote."""
        texts = [classifier_text(mail.subject, mail.body) for mail in mails]
        counted = Counted.of(texts, named_concepts(mails, self._lexicons), self._words, self._chars, self._ideas)
        by_words = linear_scores(counted.words, self._words_coef, self._intercept) + linear_scores(counted.chars, self._chars_coef, 0)
        scores = np.hstack([by_words, linear_scores(counted.ideas, self._ideas_coef, self._ideas_intercept)])
        logits = scores @ self._weighing.T + self._weighing_intercept
        near = nearest(counted.words, self._examples)
        found = signs(scores, logits, counted, near, self._example_label)
        return Judgement(texts, counted, near, with_confidence(logits, confidence(found, self._doubt, self._doubt_intercept)))

    def neighbours(self, judgement: Judgement) -> tuple[Neighbour, ...]:
        """Give the examples that are most like the first text."""
        found = zip(judgement.near.examples[0][:NEIGHBOURS], judgement.near.similarity[0], strict=False)
        return tuple(
            Neighbour(self.labels[self._example_label[number]], self._excerpt(number), float(similarity))
            for number, similarity in found
            if number >= 0
        )

    def _excerpt(self, number: int) -> str:
        start = self._excerpt_ends[number - 1] if number else 0
        return self._excerpts[start : self._excerpt_ends[number]].decode("utf-8")

    def phrases(self, judgement: Judgement, label: Label) -> tuple[Phrase, ...]:
        """Give the words of the first text that weighed most for or against a label."""
        end = judgement.counted.words.indptr[1]
        indices, data = judgement.counted.words.indices[:end], judgement.counted.words.data[:end]
        weights = data * self._words_coef[indices, self.labels.index(label)].astype(np.float64)
        names = self._words.columns(words_of(judgement.texts[0]))
        heaviest = np.argsort(-np.abs(weights))[:MAX_PHRASES]
        return tuple(Phrase(names[indices[index]], float(weights[index])) for index in heaviest)

    def thresholds(self, max_wrong: float) -> dict[Label, float]:
        """Give for every label the confidence from which it may be answered alone at this risk."""
        return thresholds_for(self.held_out, max_wrong)


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
        with np.load(BytesIO(arrays), allow_pickle=False) as file:
            return Classifier({name: file[name] for name in file.files}, read)
    except (ValueError, KeyError, OSError) as error:
        raise ConfigError([f"{place}: the model cannot be read ({error}); {mend}"]) from error
