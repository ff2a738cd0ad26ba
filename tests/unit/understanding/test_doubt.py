"""How sure a judgement is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from responder.understanding.doubt import NEAREST, Counted, nearest, signs, with_confidence

EXAMPLES = csr_matrix(np.array([[1.0, 0, 0], [0, 1.0, 0], [0.6, 0.8, 0], [0, 0, 0]]).T)


def test_the_nearest_examples_come_first_and_what_shares_no_word_is_none() -> None:
    near = nearest(csr_matrix(np.array([[0.8, 0.6, 0], [0, 0, 1.0]])), EXAMPLES)
    assert near.examples[0].tolist() == [2, 0, 1, -1, -1]
    assert near.similarity[0, :3].round(2).tolist() == [0.96, 0.8, 0.6]
    assert near.examples[1].tolist() == [-1] * NEAREST


def test_of_many_examples_only_the_best_are_given() -> None:
    many = csr_matrix(np.linspace(0.1, 1.0, 40))
    assert nearest(csr_matrix([[1.0]]), many).examples[0].tolist() == [39, 38, 37, 36, 35]


@given(st.lists(st.floats(-20, 20), min_size=4, max_size=4), st.floats(0.3, 0.999))
def test_the_first_label_gets_the_confidence_and_the_order_stays(logits: list[float], wanted: float) -> None:
    scores = np.array([logits])
    probabilities = with_confidence(scores, np.array([wanted]))
    assert np.isclose(probabilities.sum(), 1)
    in_order = np.sort(scores[0])
    if in_order[-1] - in_order[-2] > 0.01:
        assert np.isclose(probabilities.max(), wanted, atol=1e-3)
        assert probabilities.argmax() == scores.argmax()


def test_neighbours_of_the_same_label_and_known_words_are_told() -> None:
    words, nothing = csr_matrix(np.array([[0.8, 0.6, 0]])), csr_matrix((1, 0))
    counted = Counted(words, nothing, nothing, np.array([4]), np.array([1]))
    near = nearest(words, EXAMPLES)
    found = signs(np.array([[2.0, 1.0, 0.5, 0.2]]), np.array([[3.0, 1.0]]), counted, near, np.array([0, 1, 0, 0]))[0]
    assert found.shape == (12,)
    assert np.allclose(found[2:10], [2.0, np.log(5), 0.75, 0.96, 2 / NEAREST, 0.96, 2.0, 0.5])
    assert found[10:].tolist() == [1, 0]
