"""The corpus is read with every mistake named; a model learns from it, and is read back only whole."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from responder.domain.errors import ConfigError
from responder.domain.understanding import LABELS
from responder.training.corpus import read_corpus, read_lexicons
from responder.training.learn import Trained, learn
from responder.training.measure import measure
from responder.understanding.model import NEVER, HeldOut, load_classifier, threshold_for, thresholds_for, wanting
from responder.understanding.text import Written

SLOTS = '[common]\norder = ["1042", "2043"]\n[en]\nname = ["Anna"]\n'
LEXICON = {"en": "cancel: cancel* stop withdraw*\nwhere: where\nthanks: thanks\nparcel: parcel"}
WORDS = {"cancel_order": "cancel stop order", "order_status": "where parcel arrive", "thanks": "thanks great happy"}


def corpus(folder: Path, **files: str) -> Path:
    (folder / "en").mkdir(exist_ok=True)
    (folder / "slots.toml").write_text(SLOTS, encoding="utf-8")
    for name, text in files.items():
        (folder / "en" / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def small_corpus(folder: Path) -> Path:
    files = {}
    for label, words in WORDS.items():
        first, second, third = words.split()
        topics = [
            f"## topic {n}\nSubject: {first} {n}\nplease {second} {third} {{order}}\n%%\n{first} my {third} now {n}" for n in range(12)
        ]
        files[label] = "\n\n".join(topics)
    return corpus(folder, **files)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return learn(read_corpus(small_corpus(tmp_path_factory.mktemp("corpus"))), LABELS, LEXICON, date(2026, 3, 1), lambda *_: None)


def test_mails_topics_subjects_and_slots_are_read(tmp_path: Path) -> None:
    text = (
        "# for readers\n## late\nSubject: Order {order}\nAlso: refund, thanks\nHi,\n\nwhere is {order2}? {name}\n%%\nwhere?\n\n"
        "## other\nagain"
    )
    first, second, third = read_corpus(corpus(tmp_path, order_status=text))
    assert (first.subject, first.body) == ("Order 1042", "Hi,\n\nwhere is 2043? Anna")
    assert (first.also, first.label, first.language) == (("refund", "thanks"), "order_status", "en")
    assert (second.subject, second.body) == ("", "where?")
    assert first.group == second.group != third.group


def test_every_mistake_is_named_with_file_and_line(tmp_path: Path) -> None:
    folder = corpus(tmp_path, order_status="## a\nwhere {colour}\n%%\nAlso: dance\nhm", weather="## a\nrain")
    with pytest.raises(ConfigError) as caught:
        read_corpus(folder)
    told = "\n".join(caught.value.problems)
    for expected in ("order_status.txt:2: '{colour}' is not a slot", "order_status.txt:4: 'Also: dance'", "'weather' is not a label"):
        assert expected in told


def test_a_model_tells_its_labels_apart_and_says_by_which_words(trained: Trained) -> None:
    classifier = load_classifier(trained.arrays, trained.card, "model")
    judgement = classifier.judge([Written("", "where is my parcel", "en")])
    best = classifier.labels[int(judgement.probabilities[0].argmax())]
    assert best == "order_status"
    assert {"where", "parcel"} & {phrase.words for phrase in classifier.phrases(judgement, best) if phrase.weight > 0}


def test_words_that_no_mail_had_are_understood_by_the_idea_that_they_stand_for(trained: Trained) -> None:
    classifier = load_classifier(trained.arrays, trained.card, "model")
    judged = classifier.judge([Written("", "withdrawing", "en"), Written("", "withdrawing", "unknown")]).probabilities
    cancel = classifier.labels.index("cancel_order")
    assert judged[0].argmax() == cancel
    assert judged[0][cancel] > judged[1][cancel]


def test_every_mistake_in_a_lexicon_is_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "en.txt").write_text("# ideas\ncancel: cancel*\nno colon\nempty:\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"en\.txt:3: write `concept: word") as caught:
        read_lexicons(tmp_path)
    assert "en.txt:4" in "\n".join(caught.value.problems)


def test_training_twice_gives_the_same_model(tmp_path: Path, trained: Trained) -> None:
    again = learn(read_corpus(small_corpus(tmp_path)), LABELS, LEXICON, date(2026, 3, 1), lambda *_: None)
    assert again.arrays == trained.arrays


def test_a_damaged_model_is_not_used(trained: Trained) -> None:
    with pytest.raises(ConfigError, match=r"not the file that card\.json describes"):
        load_classifier(trained.arrays[:-1] + b"x", trained.card, "model")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_classifier(trained.arrays, b"{}", "model")


def test_the_nearest_examples_are_shown_with_their_words(trained: Trained) -> None:
    classifier = load_classifier(trained.arrays, trained.card, "model")
    near = classifier.neighbours(classifier.judge([Written("", "where is my parcel", "en")]))
    assert len(near) == 3
    assert near[0].label == "order_status"
    assert "where" in near[0].words
    assert near[0].similarity >= near[1].similarity > 0
    assert classifier.neighbours(classifier.judge([Written("", "zzz qqq", "en")])) == ()


@pytest.mark.parametrize(("right", "wrong", "more"), [(0, 0, 149), (100, 0, 49), (149, 0, 0), (0, 1, 149), (60, 1, 89)])
def test_how_many_more_mails_would_prove_a_label(right: int, wrong: int, more: int) -> None:
    """149 right of 149 is what Clopper and Pearson ask for at 2 % and 95 %."""
    held_out = HeldOut("thanks", np.linspace(0.99, 0.6, right + wrong), np.arange(right + wrong) < right)
    assert wanting(held_out, 0.02) == more


def test_held_out_probabilities_are_probabilities(trained: Trained) -> None:
    assert trained.held_out.shape == (72, len(LABELS))
    assert np.allclose(trained.held_out.sum(axis=1), 1)


def test_a_threshold_needs_enough_proof() -> None:
    def threshold(right: int, wrong_at_the_bottom: int, risk: float) -> float:
        confidence = np.linspace(1.0, 0.5, right + wrong_at_the_bottom)
        return threshold_for(HeldOut("thanks", confidence, np.arange(len(confidence)) < right), risk)

    assert threshold(148, 0, 0.02) == NEVER  # 0 wrong of 148 proves 2 % only at 94.97 %
    assert threshold(149, 0, 0.02) == pytest.approx(0.5)
    assert 0.5 < threshold(300, 30, 0.02) < 0.6
    assert threshold(10, 0, 0.3) == pytest.approx(0.5)


def _told(right: int, wrong: int, label: str = "thanks") -> HeldOut:
    """Mails of falling confidence, the wrong ones spread evenly among them."""
    count = right + wrong
    is_right = np.ones(count, dtype=bool)
    is_right[np.linspace(0, count - 1, wrong).astype(int)] = False
    return HeldOut(label, np.linspace(0.999, 0.6, count), is_right)


def test_labels_prove_together_what_none_proves_alone() -> None:
    few = {label: _told(120, 0, label) for label in ("a", "b", "c")}
    assert all(threshold_for(each, 0.02) == NEVER for each in few.values())
    assert all(threshold <= 0.61 for threshold in thresholds_for(few, 0.02).values())


def test_a_label_that_is_worse_than_the_risk_does_not_hide_among_the_others() -> None:
    labels = {"a": _told(900, 0, "a"), "b": _told(900, 0, "b"), "bad": _told(90, 9, "bad"), "rare": _told(20, 0, "rare")}
    found = thresholds_for(labels, 0.02)
    assert found["a"] <= 0.61
    assert found["bad"] == NEVER
    assert found["rare"] == NEVER  # too few to tell


def test_what_no_label_and_all_together_do_not_prove_is_never_answered_alone() -> None:
    assert set(thresholds_for({"a": _told(100, 10, "a"), "b": _told(100, 10, "b")}, 0.02).values()) == {NEVER}
    assert thresholds_for({"a": HeldOut("a", np.zeros(0), np.zeros(0, dtype=bool))}, 0.02) == {"a": NEVER}


def test_mails_of_equal_confidence_are_answered_together_or_not_at_all() -> None:
    confidence = np.full(400, 0.9)
    right = np.arange(400) < 300
    assert threshold_for(HeldOut("thanks", confidence, right), 0.02) == NEVER


def test_figures() -> None:
    probabilities = np.zeros((4, len(LABELS)))
    for row, (label, confidence) in enumerate([("thanks", 0.9), ("thanks", 0.6), ("other", 0.9), ("other", 0.8)]):
        probabilities[row, LABELS.index(label)] = confidence
    thresholds = dict.fromkeys(LABELS, 0.85)
    figures = measure(LABELS, ["thanks", "other", "other", "other"], probabilities, thresholds)
    assert (figures.mails, figures.accuracy, figures.coverage, figures.precision_answered) == (4, 0.75, 0.5, 1.0)
    assert figures.labels["thanks"].precision == 0.5
    assert figures.labels["other"].recall == pytest.approx(2 / 3)
    assert figures.confusions == [("other", "thanks", 1)]
