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
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold, cross_val_predict
from sklearn.svm import LinearSVC

from responder import __version__
from responder.domain.errors import ConfigError
from responder.domain.understanding import LABELS
from responder.training.corpus import Example
from responder.understanding.model import char_vectorizer, word_vectorizer
from responder.understanding.text import classifier_text

FOLDS = 5
FEWEST_LABELS = 3
SEED = 1
STRENGTH = 0.2  # LinearSVC's C, chosen on held-out folds
WEIGHING_STRENGTH = 1.0  # LogisticRegression's C
MIN_MAILS = 2  # a word or an n-gram counts when at least so many mails have it
MOST_NGRAMS = 60_000

Floats = NDArray[np.float64]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model as the contents of its files, and what it said of held-out mails (rows: examples; columns: `LABELS`)."""

    arrays: bytes
    card: bytes
    held_out: Floats


@dataclass(frozen=True, slots=True)
class _Fitted:
    words: TfidfVectorizer
    chars: TfidfVectorizer
    coef: Floats
    intercept: Floats

    def logits(self, texts: Sequence[str]) -> Floats:
        features = hstack([self.words.transform(texts), self.chars.transform(texts)], format="csr")
        return np.asarray(features @ self.coef.T + self.intercept)


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
    held_out = np.zeros((len(examples), len(LABELS)))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for number, (learning, measuring) in enumerate(folds.split(texts, targets, groups), start=1):
        report(f"fold {number} of {FOLDS}")
        fitted = _fit([texts[index] for index in learning], targets[learning])
        held_out[measuring] = fitted.logits([texts[index] for index in measuring])
    report("weighing the scores")
    weighing, weighed = _weigh(held_out, targets, groups)
    temperature = _temperature(weighed, targets)
    report("the whole corpus")
    fitted = _fit(texts, targets)
    probabilities = softmax(weighed / temperature, axis=1)
    best = probabilities.argmax(axis=1)
    arrays = _packed(
        words=_names(fitted.words),
        words_idf=fitted.words.idf_.astype(np.float32),
        chars=_names(fitted.chars),
        chars_idf=fitted.chars.idf_.astype(np.float32),
        coef=fitted.coef.astype(np.float16),
        intercept=fitted.intercept.astype(np.float32),
        weighing=weighing.coef_.astype(np.float32),
        weighing_intercept=weighing.intercept_.astype(np.float32),
        held_out_label=best.astype(np.uint8),
        held_out_confidence=probabilities.max(axis=1).astype(np.float32),
        held_out_right=best == targets,
    )
    card = {
        "labels": list(LABELS),
        "languages": sorted({example.language for example in examples}),
        "temperature": round(temperature, 6),
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


def _temperature(logits: Floats, targets: NDArray[np.int_]) -> float:
    """Find the temperature that makes the probabilities hold: the least negative log-likelihood on held-out mails."""

    def loss(temperature: float) -> float:
        return float(-log_softmax(logits / temperature, axis=1)[np.arange(len(targets)), targets].mean())

    return float(minimize_scalar(loss, bounds=(0.05, 20.0), method="bounded").x)


def _names(vectorizer: TfidfVectorizer) -> NDArray[np.uint8]:
    """Write the feature names as bytes, in the order of the columns; no name has a line break in it."""
    return np.frombuffer("\n".join(vectorizer.get_feature_names_out()).encode(), dtype=np.uint8)


def _packed(**arrays: NDArray[Any]) -> bytes:
    file = BytesIO()
    _write(file, arrays)
    return file.getvalue()


def _write(file: BytesIO, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
