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
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import sklearn
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from responder import __version__
from responder.domain.errors import ConfigError
from responder.domain.understanding import Label
from responder.training.corpus import Example
from responder.understanding.concepts import Lexicon, read_lexicon
from responder.understanding.doubt import Counted, Nearest, nearest, signs, with_confidence
from responder.understanding.features import WORD, Features, count_chars, count_ideas, count_words, learn_features
from responder.understanding.language import written
from responder.understanding.model import linear_scores, named_concepts
from responder.understanding.text import classifier_text

FOLDS = 5
FEWEST_LABELS = 3
SEED = 1
STRENGTH = 0.2  # LinearSVC's C, chosen on held-out folds
IDEAS_STRENGTH = 0.1  # LinearSVC's C
WEIGHING_STRENGTH = 1.0  # LogisticRegression's C
MIN_MAILS = 2  # a word or an n-gram counts when at least so many mails have it
MIN_IDEAS = 3  # an idea counts when at least so many mails name it
MOST_NGRAMS = 60_000
MOST_IN_TWO_OCTETS = 65_535
DIGITS = 5  # of what is learnt from scores: processors sum in different orders, and differ in the last figures
EXCERPT = 90  # characters of an example that are shown

Floats = NDArray[np.float64]
Report = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model as the contents of its files, and what it said of held-out mails (rows: examples; columns: labels)."""

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
    """Mails as they are counted: their words one by one, and sparse counts with a row a mail."""

    tokens: list[list[str]]
    words: csr_matrix
    chars: csr_matrix
    ideas: csr_matrix

    def at(self, rows: NDArray[np.int_]) -> "_Mails":
        return _Mails([self.tokens[row] for row in rows], self.words[rows], self.chars[rows], self.ideas[rows])


@dataclass(frozen=True, slots=True)
class _Linear:
    """A linear classifier: `coef` of shape (features, labels)."""

    coef: Floats
    intercept: Floats

    def scores(self, features: csr_matrix) -> Floats:
        return linear_scores(features, self.coef, self.intercept)


@dataclass(frozen=True, slots=True)
class _Fitted:
    words: Features
    chars: Features
    ideas: Features
    by_words: _Linear
    by_ideas: _Linear

    def count(self, mails: _Mails) -> Counted:
        return Counted(
            self.words.weigh(mails.words),
            self.chars.weigh(mails.chars),
            self.ideas.weigh(mails.ideas),
            np.array([len(tokens) for tokens in mails.tokens]),
            np.array([self.words.knows(tokens) for tokens in mails.tokens]),
        )

    def scores(self, counted: Counted) -> Floats:
        return np.hstack([self.by_words.scores(hstack([counted.words, counted.chars], format="csr")), self.by_ideas.scores(counted.ideas)])


def learn(examples: Sequence[Example], labels: Sequence[Label], lexicons: Mapping[str, str], today: date, report: Report) -> Trained:
    """Train on all examples, and calibrate on what each fold's model said of the others.

    `labels` are all that the model may give, in the order of its columns; `lexicons` are the words that stand for ideas, by language,
    as `read_lexicon` reads them; `report` is told every step, and the share that is done before it.

    Raises:
        ConfigError: the examples are too few to be parted.
    """
    if len({example.label for example in examples}) < FEWEST_LABELS or len({example.group for example in examples}) < 2 * FOLDS:
        raise ConfigError([f"the corpus needs mails of at least {FEWEST_LABELS} labels in at least {2 * FOLDS} topics"])
    languages = sorted({example.language for example in examples})
    report("reading the mails", 0.0)
    read = {language: read_lexicon(text, language, f"the concepts for '{language}'") for language, text in lexicons.items()}
    mails = _mails(examples, languages, read)
    targets = np.array([labels.index(example.label) for example in examples])
    groups = [example.group for example in examples]
    scores = np.zeros((len(examples), 2 * len(labels)))
    found: list[_Seen] = []
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for number, (learning, measuring) in enumerate(folds.split(targets, targets, groups), start=1):
        report(f"fold {number} of {FOLDS}", number / (FOLDS + 3))
        learnt = mails.at(learning)
        fitted = _fit(learnt, targets[learning], len(labels))
        counted = fitted.count(mails.at(measuring))
        scores[measuring] = fitted.scores(counted)
        near = nearest(counted.words, csr_matrix(fitted.words.weigh(learnt.words).T))
        found.append(_Seen(measuring, counted, near, targets[learning]))
    report("weighing the scores", (FOLDS + 1) / (FOLDS + 3))
    weighing, logits = _weigh(scores, targets, groups, len(labels))
    doubt, sure = _doubt(scores, logits, found, targets, groups)
    report("the whole corpus", (FOLDS + 2) / (FOLDS + 3))
    fitted = _fit(mails, targets, len(labels))
    probabilities = with_confidence(logits, sure)
    best = probabilities.argmax(axis=1)
    by_word = csr_matrix(fitted.words.weigh(mails.words).T)
    split = len(fitted.words.places)
    excerpts = [_excerpt(example) for example in examples]
    arrays = _packed(
        words=fitted.words.places,
        words_idf=fitted.words.idf.astype(np.float32),
        words_coef=fitted.by_words.coef[:split].astype(np.float16),
        chars=fitted.chars.places,
        chars_idf=fitted.chars.idf.astype(np.float32),
        chars_coef=fitted.by_words.coef[split:].astype(np.float16),
        intercept=fitted.by_words.intercept.astype(np.float32),
        lexicons=_text(json.dumps({language: asdict(words) for language, words in read.items()}, ensure_ascii=False, sort_keys=True)),
        ideas=fitted.ideas.places,
        ideas_idf=fitted.ideas.idf.astype(np.float32),
        ideas_coef=fitted.by_ideas.coef.astype(np.float16),
        ideas_intercept=fitted.by_ideas.intercept.astype(np.float32),
        weighing=weighing.coef_,
        weighing_intercept=weighing.intercept_,
        doubt=doubt.coef_,
        doubt_intercept=np.array(doubt.intercept_),
        example_weights=by_word.data.astype(np.float16),
        example_mails=by_word.indices.astype(np.uint32 if len(examples) > MOST_IN_TWO_OCTETS else np.uint16),
        example_starts=by_word.indptr.astype(np.uint32),
        example_label=targets.astype(np.uint8),
        excerpts=_text("".join(excerpts)),
        excerpt_ends=np.cumsum([len(excerpt.encode()) for excerpt in excerpts]).astype(np.uint32),
        held_out_label=best.astype(np.uint8),
        held_out_confidence=probabilities.max(axis=1).round(DIGITS).astype(np.float32),
        held_out_right=best == targets,
        held_out_everyday=np.array([example.everyday for example in examples]),
        held_out_probabilities=probabilities.round(DIGITS).astype(np.float16),
    )
    card = {
        "labels": list(labels),
        "languages": languages,
        "sha256": hashlib.sha256(arrays).hexdigest(),
        "trained_on": today.isoformat(),
        "mails": len(examples),
        "groups": len({example.group for example in examples}),
        "corpus_sha256": corpus_digest(examples, lexicons),
        "held_out_accuracy": round(float((best == targets).mean()), 4),
        "features": {
            "words": len(fitted.words.places),
            "characters": len(fitted.chars.places),
            "ideas": len(fitted.ideas.places),
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


def _mails(examples: Sequence[Example], languages: Sequence[str], lexicons: Mapping[str, Lexicon]) -> _Mails:
    # The language as it will be told of real mail, so that what is held out shows its mistakes too.
    told = [written(example.subject, example.body, languages) for example in examples]
    texts = [classifier_text(mail.subject, mail.body) for mail in told]
    return _Mails(
        [WORD.findall(text) for text in texts], count_words(texts), count_chars(texts), count_ideas(named_concepts(told, lexicons))
    )


def _fit(mails: _Mails, targets: NDArray[np.int_], labels: int) -> _Fitted:
    words = learn_features(mails.words, MIN_MAILS, MOST_NGRAMS)
    chars = learn_features(mails.chars, MIN_MAILS, MOST_NGRAMS)
    ideas = learn_features(mails.ideas, MIN_IDEAS, MOST_NGRAMS)
    features = csr_matrix(hstack([words.weigh(mails.words), chars.weigh(mails.chars)], format="csr"))
    by_words = _linear(features, targets, STRENGTH, labels)
    return _Fitted(words, chars, ideas, by_words, _linear(ideas.weigh(mails.ideas), targets, IDEAS_STRENGTH, labels))


def _linear(features: csr_matrix, targets: NDArray[np.int_], strength: float, labels: int) -> _Linear:
    machine = LinearSVC(C=strength, random_state=SEED)
    machine.fit(features, targets)
    coef = np.zeros((features.shape[1], labels))
    intercept = np.full(labels, -50.0)  # a label without a single mail is never chosen
    coef[:, machine.classes_] = machine.coef_.T
    intercept[machine.classes_] = machine.intercept_
    return _Linear(coef, intercept)


@dataclass(frozen=True, slots=True)
class _Weighing:
    coef_: Floats
    intercept_: Floats


def _weigh(scores: Floats, targets: NDArray[np.int_], groups: Sequence[str], labels: int) -> tuple[_Weighing, Floats]:
    """Learn from held-out scores how they speak for each label; gives that, and what it says of scores it did not learn from."""
    machine = LogisticRegression(C=WEIGHING_STRENGTH, max_iter=3000)
    present = np.unique(targets)
    weighed = np.full((len(targets), labels), -50.0)
    weighed[:, present] = cross_val_predict(machine, scores, targets, groups=groups, cv=GroupKFold(FOLDS), method="decision_function")
    machine.fit(scores, targets)
    coef, intercept = np.zeros((labels, scores.shape[1])), np.full(labels, -50.0)
    coef[machine.classes_], intercept[machine.classes_] = machine.coef_, machine.intercept_
    return _Weighing(coef.round(DIGITS), intercept.round(DIGITS)), weighed


@dataclass(frozen=True, slots=True)
class _Doubt:
    coef_: Floats
    intercept_: float


def _doubt(
    scores: Floats, logits: Floats, found: Sequence[_Seen], targets: NDArray[np.int_], groups: Sequence[str]
) -> tuple[_Doubt, Floats]:
    """Learn from held-out mails what tells right judgements from wrong ones; gives that, and the confidence in each held-out mail."""
    told = np.zeros((len(targets), 10 + logits.shape[1]))
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
    return _Doubt(coef.round(DIGITS), round(float(regression.intercept_[0] - coef @ scaler.mean_), DIGITS)), sure


def _excerpt(example: Example) -> str:
    words = " ".join(f"{example.subject}: {example.body}".removeprefix(": ").split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…"


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _packed(**arrays: NDArray[Any]) -> bytes:
    file = BytesIO()
    _write(file, arrays)
    return file.getvalue()


def _write(file: BytesIO, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez(file, **arrays)  # type: ignore[arg-type]
