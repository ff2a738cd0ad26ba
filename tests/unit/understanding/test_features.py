"""Features are found by their hashes, and weighed as scikit-learn weighs them."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from responder.understanding.features import count_chars, count_words, learn_features, words_of

TEXTS = ["where is my parcel", "my parcel my parcel", "cancel it please, cancel it", "où est 包 裹"]
ASKED = [*TEXTS, "", "unknown words and my parcel"]


@pytest.mark.parametrize("fewest", [1, 2])
def test_texts_are_weighed_as_scikit_learn_weighs_them(fewest: int) -> None:
    options = {"lowercase": False, "sublinear_tf": True, "min_df": fewest}
    for count, vectorizer in (
        (count_words, TfidfVectorizer(token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 3), **options)),
        (count_chars, TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **options)),
    ):
        wanted = vectorizer.fit(TEXTS).transform(ASKED).toarray()
        weighed = learn_features(count(TEXTS), fewest, 10_000).weigh(count(ASKED)).toarray()
        assert weighed.shape == wanted.shape
        # The columns stand in another order: the likeness of texts does not depend on it.
        assert np.allclose(weighed @ weighed.T, wanted @ wanted.T)
        assert np.allclose(np.sort(weighed.sum(axis=0)), np.sort(wanted.sum(axis=0)))


def test_the_most_frequent_features_are_kept() -> None:
    features = learn_features(count_words(TEXTS), 1, 3)
    assert set(features.columns(["my", "parcel", "cancel", "it", "est"]).values()) <= {"my", "parcel", "my parcel", "cancel", "it"}
    assert len(features.places) == 3


def test_known_words_are_told_from_unknown_ones() -> None:
    features = learn_features(count_words(TEXTS), 1, 100)
    assert features.knows(["my", "parcel", "umbrella", "my"]) == 3
    assert set(features.columns(words_of("my umbrella")).values()) == {"my"}


def test_a_corpus_without_features_has_one_that_no_text_has() -> None:
    features = learn_features(count_words(["once", "twice"]), 2, 100)
    assert features.weigh(count_words(["once"])).toarray().tolist() == [[0.0]]
