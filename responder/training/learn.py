"""Learn the classifier from examples.

In:   examples.
Out:  the arrays and the card of a model.
Source: scikit-learn's LinearSVC, one label against the others, once on words and n-grams and once on ideas.
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
from responder.understanding.concepts import read_lexicon
from responder.understanding.doubt import Counted, Nearest, by_word, nearest, signs, with_confidence
from responder.understanding.language import written
from responder.understanding.model import char_vectorizer, concept_vectorizer, count, named_concepts, word_vectorizer
from responder.understanding.text import classifier_text

FOLDS = 5
FEWEST_LABELS = 3
SEED = 1
STRENGTH = 0.2  # LinearSVC's C, chosen on held-out folds
IDEAS_STRENGTH = 0.1  # LinearSVC's C
WEIGHING_STRENGTH = 1.0  # LogisticRegression's C
MIN_MAILS = 2  # a word or an n-gram counts when at least so many mails have it
MIN_IDEAS = 3  # an idea counts when at least so many mails name it
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
class _Mails:
    """Mails as they are counted: their texts, and the names of their ideas."""

    texts: list[str]
    named: list[list[str]]

    def at(self, rows: NDArray[np.int_]) -> "_Mails":
        return _Mails([self.texts[row] for row in rows], [self.named[row] for row in rows])


@dataclass(frozen=True, slots=True)
class _Linear:
    """A linear classifier: `coef` of shape (labels, features)."""

    coef: Floats
    intercept: Floats

    def scores(self, features: csr_matrix) -> Floats:
        return np.asarray(features @ self.coef.T + self.intercept)


@dataclass(frozen=True, slots=True)
class _Fitted:
    words: TfidfVectorizer
    chars: TfidfVectorizer
    ideas: TfidfVectorizer
    by_words: "_Linear"
    by_ideas: "_Linear"

    def count(self, mails: "_Mails") -> Counted:
        return count(mails.texts, mails.named, self.words, self.chars, self.ideas)

    def scores(self, counted: Counted) -> Floats:
        return np.hstack([self.by_words.scores(hstack([counted.words, counted.chars], format="csr")), self.by_ideas.scores(counted.ideas)])


def learn(examples: Sequence[Example], lexicons: Mapping[str, str], today: date, report: Report) -> Trained:
    """Train on all examples, and calibrate on what each fold's model said of the others.

    `lexicons` are the words that stand for ideas, by language, as `read_lexicon` reads them; `report` is told every step.

    Raises:
        ConfigError: the examples are too few to be parted.
    """
    if len({example.label for example in examples}) < FEWEST_LABELS or len({example.group for example in examples}) < 2 * FOLDS:
        raise ConfigError([f"the corpus needs mails of at least {FEWEST_LABELS} labels in at least {2 * FOLDS} topics"])
    languages = sorted({example.language for example in examples})
    report("reading the mails")
    mails = _mails(examples, languages, lexicons)
    targets = np.array([LABELS.index(example.label) for example in examples])
    groups = [example.group for example in examples]
    scores = np.zeros((len(examples), 2 * len(LABELS)))
    found: list[_Seen] = []
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for number, (learning, measuring) in enumerate(folds.split(targets, targets, groups), start=1):
        report(f"fold {number} of {FOLDS}")
        fitted = _fit(mails.at(learning), targets[learning])
        counted = fitted.count(mails.at(measuring))
        learnt = by_word(fitted.words.transform(mails.at(learning).texts))
        scores[measuring] = fitted.scores(counted)
        found.append(_Seen(measuring, counted, nearest(counted.words, learnt), targets[learning]))
    report("weighing the scores")
    weighing, logits = _weigh(scores, targets, groups)
    doubt, sure = _doubt(scores, logits, found, targets, groups)
    report("the whole corpus")
    fitted = _fit(mails, targets)
    probabilities = with_confidence(logits, sure)
    best = probabilities.argmax(axis=1)
    rows = csr_matrix(fitted.words.transform(mails.texts))
    arrays = _packed(
        words=_names(fitted.words),
        words_idf=fitted.words.idf_.astype(np.float32),
        chars=_names(fitted.chars),
        chars_idf=fitted.chars.idf_.astype(np.float32),
        coef=fitted.by_words.coef.astype(np.float16),
        intercept=fitted.by_words.intercept.astype(np.float32),
        lexicons=np.frombuffer(json.dumps(lexicons, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8),
        ideas=_names(fitted.ideas),
        ideas_idf=fitted.ideas.idf_.astype(np.float32),
        ideas_coef=fitted.by_ideas.coef.astype(np.float16),
        ideas_intercept=fitted.by_ideas.intercept.astype(np.float32),
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
        "languages": languages,
        "sha256": hashlib.sha256(arrays).hexdigest(),
        "trained_on": today.isoformat(),
        "mails": len(examples),
        "groups": len({example.group for example in examples}),
        "corpus_sha256": corpus_digest(examples, lexicons),
        "held_out_accuracy": round(float((best == targets).mean()), 4),
        "features": {
            "words": len(fitted.words.vocabulary_),
            "characters": len(fitted.chars.vocabulary_),
            "ideas": len(fitted.ideas.vocabulary_),
        },
        "settings": {
            "C": STRENGTH,
            "ideas_C": IDEAS_STRENGTH,
            "weighing_C": WEIGHING_STRENGTH,
            "folds": FOLDS,
            "seed": SEED,
            "min_mails": MIN_MAILS,
            "most_ngrams": MOST_NGRAMS,
        },
        "versions": {"responder": __version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    }
    return Trained(arrays, (json.dumps(card, indent=2, ensure_ascii=False) + "\n").encode(), probabilities)


def corpus_digest(examples: Sequence[Example], lexicons: Mapping[str, str]) -> str:
    """Give a digest that changes when a mail or a lexicon of the corpus changes."""
    lines = [repr((example.language, example.label, example.also, example.subject, example.body)) for example in examples]
    lines += [repr(lexicon) for lexicon in sorted(lexicons.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _mails(examples: Sequence[Example], languages: Sequence[str], lexicons: Mapping[str, str]) -> _Mails:
    # The language as it will be told of real mail, so that what is held out shows its mistakes too.
    told = [written(example.subject, example.body, languages) for example in examples]
    read = {language: read_lexicon(text, language, f"the concepts for '{language}'") for language, text in lexicons.items()}
    return _Mails([classifier_text(mail.subject, mail.body) for mail in told], named_concepts(told, read))


def _fit(mails: _Mails, targets: NDArray[np.int_]) -> _Fitted:
    words = word_vectorizer(min_df=MIN_MAILS, max_features=MOST_NGRAMS)
    chars = char_vectorizer(min_df=MIN_MAILS, max_features=MOST_NGRAMS)
    features: csr_matrix = hstack([words.fit_transform(mails.texts), chars.fit_transform(mails.texts)], format="csr")
    # A corpus without a lexicon has one idea that no mail names.
    ideas = concept_vectorizer(min_df=MIN_IDEAS) if any(mails.named) else concept_vectorizer({"nothing": 0})
    named = ideas.fit_transform(mails.named)
    return _Fitted(words, chars, ideas, _linear(features, targets, STRENGTH), _linear(csr_matrix(named), targets, IDEAS_STRENGTH))


def _linear(features: csr_matrix, targets: NDArray[np.int_], strength: float) -> _Linear:
    machine = LinearSVC(C=strength, random_state=SEED)
    machine.fit(features, targets)
    coef = np.zeros((len(LABELS), features.shape[1]))
    intercept = np.full(len(LABELS), -50.0)  # a label without a single mail is never chosen
    coef[machine.classes_] = machine.coef_
    intercept[machine.classes_] = machine.intercept_
    return _Linear(coef, intercept)


@dataclass(frozen=True, slots=True)
class _Weighing:
    coef_: Floats
    intercept_: Floats


def _weigh(scores: Floats, targets: NDArray[np.int_], groups: Sequence[str]) -> tuple[_Weighing, Floats]:
    """Learn from held-out scores how they speak for each label; gives that, and what it says of scores it did not learn from."""
    machine = LogisticRegression(C=WEIGHING_STRENGTH, max_iter=3000)
    present = np.unique(targets)
    weighed = np.full((len(targets), len(LABELS)), -50.0)
    weighed[:, present] = cross_val_predict(machine, scores, targets, groups=groups, cv=GroupKFold(FOLDS), method="decision_function")
    machine.fit(scores, targets)
    coef, intercept = np.zeros((len(LABELS), scores.shape[1])), np.full(len(LABELS), -50.0)
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
    told = np.zeros((len(targets), 10 + len(LABELS)))
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
