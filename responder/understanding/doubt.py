"""Say how sure a judgement is: by its lead, by the mail's length and unknown words, and by the examples that are like it.

In:   the scores of all labels, how the text was counted, and the words of the examples.
Out:  the examples nearest to a mail, what speaks for and against a judgement, and probabilities that hold.
Source: a logistic regression over these signs, learnt from held-out mails, gives the confidence of the first label (after Platt 1999);
each mail then gets the temperature (Guo et al. 2017) at which its first label has that probability, so that the order of labels stays.
Limits: no confidence is under one in the number of labels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit, softmax

from responder.understanding.features import WORD, Features, count_chars, count_ideas, count_words

Floats = NDArray[np.float64]
Whole = NDArray[np.int_]
NEAREST = 5
HALVINGS = 10
LEAST_LEFT = 1e-6


@dataclass(frozen=True, slots=True)
class Counted:
    """Texts as numbers, a row a text: words, character n-grams and ideas; how many words each text has, and how many are known."""

    words: csr_matrix
    chars: csr_matrix
    ideas: csr_matrix
    length: Whole
    known: Whole

    @classmethod
    def of(cls, texts: Sequence[str], named: Sequence[list[str]], words: Features, chars: Features, ideas: Features) -> "Counted":
        """Count texts and the names of their ideas."""
        tokens = [WORD.findall(text) for text in texts]
        return cls(
            words.weigh(count_words(texts)),
            chars.weigh(count_chars(texts)),
            ideas.weigh(count_ideas(named)),
            np.array([len(each) for each in tokens]),
            np.array([words.knows(each) for each in tokens]),
        )


@dataclass(frozen=True, slots=True)
class Nearest:
    """The examples most like each text: their numbers (-1: none) and their cosine similarity, shape (texts, NEAREST), the best first."""

    examples: Whole
    similarity: Floats


def nearest(words: csr_matrix, examples: csr_matrix) -> Nearest:
    """Find the examples with the most words in common; `words` are TF-IDF rows of length one.

    `examples` has a row a word and a column an example, so that only the words of the mail are read.
    """
    likeness: csr_matrix = words @ examples
    found = np.full((likeness.shape[0], NEAREST), -1)
    similarity = np.zeros((likeness.shape[0], NEAREST))
    for row in range(likeness.shape[0]):
        part = slice(likeness.indptr[row], likeness.indptr[row + 1])
        values, columns = likeness.data[part], likeness.indices[part]
        best = np.lexsort((columns, -values))[:NEAREST] if len(values) <= NEAREST else _best(values, columns)
        found[row, : len(best)] = columns[best]
        similarity[row, : len(best)] = values[best]
    return Nearest(found, similarity)


def _best(values: Floats, columns: Whole) -> Whole:
    some = np.argpartition(-values, NEAREST - 1)[:NEAREST]
    return some[np.lexsort((columns[some], -values[some]))]


def signs(scores: Floats, logits: Floats, counted: Counted, near: Nearest, labels: Whole) -> Floats:
    """Give what speaks for and against the first label: shape (texts, 10 + labels).

    `scores` has the labels' scores by words and then those by ideas; `labels` are those of the examples.
    """
    first = logits.argmax(axis=1)
    rows = np.arange(len(first))
    top = softmax(logits, axis=1).max(axis=1)
    in_order = np.sort(logits, axis=1)
    agrees = (near.examples >= 0) & (labels[near.examples] == first[:, None])
    columns = (
        np.log(top),
        np.log(1 - top + LEAST_LEFT),
        in_order[:, -1] - in_order[:, -2],
        np.log1p(counted.length),
        1 - counted.known / np.maximum(counted.length, 1),
        near.similarity[:, 0],
        agrees.mean(axis=1),
        (near.similarity * agrees).max(axis=1),
        scores[rows, first],
        scores[rows, logits.shape[1] + first],
    )
    return np.column_stack([*columns, np.eye(logits.shape[1])[first]])


def with_confidence(logits: Floats, confidence: Floats) -> Floats:
    """Give the probabilities at which the first label has the given confidence; the order of the labels stays."""
    lead = logits - logits.max(axis=1, keepdims=True)
    wanted = np.clip(confidence, 1 / logits.shape[1] + LEAST_LEFT, 1 - LEAST_LEFT)
    low, high = np.full(len(lead), -12.0), np.full(len(lead), 12.0)  # the logarithm of the temperature
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        too_sure = 1 / np.exp(lead / np.exp(middle)[:, None]).sum(axis=1) > wanted
        low, high = np.where(too_sure, middle, low), np.where(too_sure, high, middle)
    found = softmax(lead / np.exp((low + high) / 2)[:, None], axis=1)
    # The halvings come near; the first label gets just what is wanted, the others share what is left.
    first = np.eye(lead.shape[1], dtype=bool)[lead.argmax(axis=1)]
    left = np.maximum(1 - (found * first).sum(axis=1), LEAST_LEFT)[:, None]
    return cast(Floats, np.where(first, wanted[:, None], found * (1 - wanted)[:, None] / left))


def confidence(signs_found: Floats, weights: Floats, intercept: float) -> Floats:
    """Give the probability that the first label is right."""
    return cast(Floats, expit(signs_found @ weights + intercept))
