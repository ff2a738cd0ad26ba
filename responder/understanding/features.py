"""Count words, character n-grams and ideas by the places that their hashes name.

In:   texts, or the names of their ideas.
Out:  sparse counts with a column for each of 2**31 - 1 places; of these, the learnt features with their TF-IDF weights, rows of length one.
A place is found from the word itself, so that no list of words is kept: a model loads in a moment and stays small.
Source: scikit-learn's analyzers and FeatureHasher (MurmurHash3); weights as in its TfidfTransformer, sublinear and smoothed.
Limits: two of 100,000 features share a place about twice; a word that nobody has learnt meets one of them once in 20,000 times.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils import murmurhash3_32

Floats = NDArray[np.float64]
PLACES = 2**31 - 1
WORD = re.compile(r"(?u)\b\w+\b")

words_of: Callable[[str], list[str]] = CountVectorizer(lowercase=False, token_pattern=WORD.pattern, ngram_range=(1, 3)).build_analyzer()
_ngrams_of: Callable[[str], list[str]] = CountVectorizer(lowercase=False, analyzer="char_wb", ngram_range=(2, 5)).build_analyzer()
_HASHER = FeatureHasher(PLACES, input_type="string", alternate_sign=False)


@dataclass(frozen=True, slots=True)
class Features:
    """Learnt features: their places in ascending order, and the inverse document frequency of each."""

    places: NDArray[np.int32]
    idf: Floats

    def weigh(self, counts: csr_matrix) -> csr_matrix:
        """Give the TF-IDF weights of the learnt features: rows as in `counts`, of length one or empty; a column a feature."""
        column, known = self._find(counts.indices)
        data = (1 + np.log(counts.data[known])) * self.idf[column[known]]
        starts = np.concatenate(([0], np.cumsum(known)))[counts.indptr]
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(starts))
        data /= np.sqrt(np.bincount(rows, data**2, counts.shape[0]))[rows]
        return csr_matrix((data, column[known], starts), shape=(counts.shape[0], len(self.places)))

    def knows(self, names: Sequence[str]) -> int:
        """Tell how many of the words are among the features."""
        return int(self._find(places_of(names))[1].sum())

    def columns(self, names: Sequence[str]) -> dict[int, str]:
        """Give the names of those features that are among `names`, by column."""
        column, known = self._find(places_of(names))
        return {int(column[at]): name for at, name in enumerate(names) if known[at]}

    def _find(self, places: NDArray[np.int32]) -> tuple[NDArray[np.int_], NDArray[np.bool_]]:
        column = np.minimum(np.searchsorted(self.places, places), len(self.places) - 1)
        return column, self.places[column] == places


def learn_features(counts: csr_matrix, fewest: int, most: int) -> Features:
    """Choose the features that at least `fewest` texts have, of these the `most` frequent, and weigh them.

    A corpus that has none gets one that no text has, so that there is always a column.
    """
    places, column, texts = np.unique(counts.indices, return_inverse=True, return_counts=True)
    frequency = np.bincount(column, counts.data, len(places))
    often = np.flatnonzero(texts >= fewest)
    chosen = np.sort(often[np.lexsort((often, -frequency[often]))][:most])
    if not len(chosen):
        return Features(np.array([-1], dtype=np.int32), np.ones(1))
    return Features(places[chosen].astype(np.int32), np.log((1 + counts.shape[0]) / (1 + texts[chosen])) + 1)


def count_words(texts: Iterable[str]) -> csr_matrix:
    """Count words, pairs and triples of words."""
    return _counted(map(words_of, texts))


def count_chars(texts: Iterable[str]) -> csr_matrix:
    """Count character n-grams within words."""
    return _counted(map(_ngrams_of, texts))


def count_ideas(named: Iterable[list[str]]) -> csr_matrix:
    """Count ideas by their names."""
    return _counted(named)


def places_of(names: Sequence[str]) -> NDArray[np.int32]:
    """Give the place of each name, as FeatureHasher gives it."""
    return np.array([abs(murmurhash3_32(name)) % PLACES for name in names], dtype=np.int32)


def _counted(lists: Iterable[list[str]]) -> csr_matrix:
    return cast(csr_matrix, _HASHER.transform(lists))
