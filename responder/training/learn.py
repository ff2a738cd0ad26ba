"""Learn the classifier from examples.

In:   examples.
Out:  the arrays and the card of a model.
Source: scikit-learn's LinearSVC, one label against the others.
Folds are cut between groups, so that no situation is both learnt and measured.
Limits: deterministic for the same corpus and the same versions of the libraries.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import sklearn
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from responder import __version__
from responder.domain.errors import ConfigError
from responder.domain.understanding import LABELS
from responder.training.corpus import Example
from responder.understanding.doubt import Counted, Nearest, by_word, nearest, signs, with_confidence
from responder.understanding.model import char_vectorizer, count, word_vectorizer
from responder.understanding.text import classifier_text

FOLDS = 5
FEWEST_LABELS = 3
SEED = 1
STRENGTH = 0.2  # LinearSVC's C, chosen on held-out folds
WEIGHING_STRENGTH = 1.0  # LogisticRegression's C
MIN_MAILS = 2  # a word or an n-gram counts when at least so many mails have it
MOST_NGRAMS = 60_000  # under 65,536, so that two octets number them
EXCERPT = 90  # characters of an example that are shown

Floats = NDArray[np.float64]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model as the contents of its files, and what it said of held-out mails (rows: examples; columns: `LABELS`)."""

    arrays: bytes
    card: bytes
    held_out: Floats


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a fold's model saw of the mails in `rows`: `labels` are those of the mails that it learnt from."""

    rows: NDArray[np.int_]
    counted: Counted
    near: Nearest
    labels: NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class _Fitted:
    words: TfidfVectorizer
    chars: TfidfVectorizer
    coef: Floats
    intercept: Floats

    def scores(self, counted: Counted) -> Floats:
        return np.asarray(counted.features @ self.coef.T + self.intercept)

    def words_of(self, counted: Counted) -> csr_matrix:
        return counted.features[:, : len(self.words.vocabulary_)]


def learn(examples: Sequence[Example], today: date, report: Report) -> Trained:
    """Train on all examples, and calibrate on what each fold's model said of the others; `report` is told every step.

    Raises:
        ConfigError: the examples are too few to be parted.
    """
    if len({example.label for example in examples}) < FEWEST_LABELS or len({example.group for example in examples}) < 2 * FOLDS:
        raise ConfigError([f"the corpus needs mails of at least {FEWEST_LABELS} labels in at least {2 * FOLDS} topics"])
    texts = [classifier_text(example.subject, example.body) for example in examples]
    targets = np.array([LABELS.index(example.label) for example in examples])
    groups = [example.group for example in examples]
    scores = np.zeros((len(examples), len(LABELS)))
    found: list[_Seen] = []
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for number, (learning, measuring) in enumerate(folds.split(texts, targets, groups), start=1):
        report(f"fold {number} of {FOLDS}")
        fitted = _fit([texts[index] for index in learning], targets[learning])
        counted = count([texts[index] for index in measuring], fitted.words, fitted.chars)
        learnt = by_word(fitted.words.transform([texts[index] for index in learning]))
        scores[measuring] = fitted.scores(counted)
        found.append(_Seen(measuring, counted, nearest(fitted.words_of(counted), learnt), targets[learning]))
    report("weighing the scores")
    weighing, logits = _weigh(scores, targets, groups)
    doubt, sure = _doubt(scores, logits, found, targets, groups)
    report("the whole corpus")
    fitted = _fit(texts, targets)
    probabilities = with_confidence(logits, sure)
    best = probabilities.argmax(axis=1)
    rows = csr_matrix(fitted.words.transform(texts))
    arrays = _packed(
        words=_names(fitted.words),
        words_idf=fitted.words.idf_.astype(np.float32),
        chars=_names(fitted.chars),
        chars_idf=fitted.chars.idf_.astype(np.float32),
        coef=fitted.coef.astype(np.float16),
        intercept=fitted.intercept.astype(np.float32),
        weighing=weighing.coef_.astype(np.float32),
        weighing_intercept=weighing.intercept_.astype(np.float32),
        doubt=doubt.coef_.astype(np.float32),
        doubt_intercept=np.array(doubt.intercept_, dtype=np.float32),
        example_weights=rows.data.astype(np.float16),
        example_words=rows.indices.astype(np.uint16),
        example_starts=rows.indptr.astype(np.uint32),
        example_label=targets.astype(np.uint8),
        excerpts=np.frombuffer("\n".join(map(_excerpt, examples)).encode(), dtype=np.uint8),
        held_out_label=best.astype(np.uint8),
        held_out_confidence=probabilities.max(axis=1).astype(np.float32),
        held_out_right=best == targets,
    )
    card = {
        "labels": list(LABELS),
        "languages": sorted({example.language for example in examples}),
        "sha256": hashlib.sha256(arrays).hexdigest(),
        "trained_on": today.isoformat(),
        "mails": len(examples),
        "groups": len({example.group for example in examples}),
        "corpus_sha256": corpus_digest(examples),
        "held_out_accuracy": round(float((best == targets).mean()), 4),
        "features": {"words": len(fitted.words.vocabulary_), "characters": len(fitted.chars.vocabulary_)},
        "settings": {
            "C": STRENGTH,
            "weighing_C": WEIGHING_STRENGTH,
            "folds": FOLDS,
            "seed": SEED,
            "min_mails": MIN_MAILS,
            "most_ngrams": MOST_NGRAMS,
        },
        "versions": {"responder": __version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    }
    return Trained(arrays, (json.dumps(card, indent=2, ensure_ascii=False) + "\n").encode(), probabilities)


def corpus_digest(examples: Sequence[Example]) -> str:
    """Give a digest that changes when a mail of the corpus changes."""
    lines = (repr((example.language, example.label, example.also, example.subject, example.body)) for example in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _fit(texts: Sequence[str], targets: NDArray[np.int_]) -> _Fitted:
    words = word_vectorizer(min_df=MIN_MAILS, max_features=MOST_NGRAMS)
    chars = char_vectorizer(min_df=MIN_MAILS, max_features=MOST_NGRAMS)
    features: csr_matrix = hstack([words.fit_transform(texts), chars.fit_transform(texts)], format="csr")
    machine = LinearSVC(C=STRENGTH, random_state=SEED)
    machine.fit(features, targets)
    coef = np.zeros((len(LABELS), features.shape[1]))
    intercept = np.full(len(LABELS), -50.0)  # a label without a single mail is never chosen
    coef[machine.classes_] = machine.coef_
    intercept[machine.classes_] = machine.intercept_
    return _Fitted(words, chars, coef, intercept)


@dataclass(frozen=True, slots=True)
class _Weighing:
    coef_: Floats
    intercept_: Floats


def _weigh(scores: Floats, targets: NDArray[np.int_], groups: Sequence[str]) -> tuple[_Weighing, Floats]:
    """Learn from held-out scores how they speak for each label; gives that, and what it says of scores it did not learn from."""
    machine = LogisticRegression(C=WEIGHING_STRENGTH, max_iter=3000)
    present = np.unique(targets)
    weighed = np.full(scores.shape, -50.0)
    weighed[:, present] = cross_val_predict(machine, scores, targets, groups=groups, cv=GroupKFold(FOLDS), method="decision_function")
    machine.fit(scores, targets)
    coef, intercept = np.zeros((len(LABELS), len(LABELS))), np.full(len(LABELS), -50.0)
    coef[machine.classes_], intercept[machine.classes_] = machine.coef_, machine.intercept_
    return _Weighing(coef, intercept), weighed


@dataclass(frozen=True, slots=True)
class _Doubt:
    coef_: Floats
    intercept_: float


def _doubt(
    scores: Floats, logits: Floats, found: Sequence[_Seen], targets: NDArray[np.int_], groups: Sequence[str]
) -> tuple[_Doubt, Floats]:
    """Learn from held-out mails what tells right judgements from wrong ones; gives that, and the confidence in each held-out mail."""
    told = np.zeros((len(targets), 9 + len(LABELS)))
    for seen in found:
        told[seen.rows] = signs(scores[seen.rows], logits[seen.rows], seen.counted, seen.near, seen.labels)
    right = logits.argmax(axis=1) == targets
    splits = list(GroupKFold(FOLDS).split(told, right, groups))
    if any(len(np.unique(right[learning])) < 2 for learning, _ in splits):
        # A corpus so small that nothing tells right from wrong: one confidence for all (Laplace's rule of succession).
        share = (right.sum() + 1) / (len(right) + 2)
        return _Doubt(np.zeros(told.shape[1]), float(np.log(share / (1 - share)))), np.full(len(right), share)
    machine = make_pipeline(StandardScaler(), LogisticRegression(max_iter=3000))
    sure = cross_val_predict(machine, told, right, cv=splits, method="predict_proba")[:, 1]
    machine.fit(told, right)
    scaler, regression = machine[0], machine[1]
    coef = regression.coef_[0] / scaler.scale_
    return _Doubt(coef, float(regression.intercept_[0] - coef @ scaler.mean_)), sure


def _excerpt(example: Example) -> str:
    words = " ".join(f"{example.subject}: {example.body}".removeprefix(": ").split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…"


def _names(vectorizer: TfidfVectorizer) -> NDArray[np.uint8]:
    """Write the feature names as bytes, in the order of the columns; no name has a line break in it."""
    return np.frombuffer("\n".join(vectorizer.get_feature_names_out()).encode(), dtype=np.uint8)


def _packed(**arrays: NDArray[Any]) -> bytes:
    file = BytesIO()
    _write(file, arrays)
    return file.getvalue()


def _write(file: BytesIO, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
