"""Measure the shipped classifier on questions that others wrote and labelled, beside a plain baseline, and its speed.

Run:  python benchmarks/understanding.py FOLDER
In:   the folder with `bitext27.jsonl`, `hint3_sofmattress.jsonl` and `banking77_near_miss.jsonl` (rows with `text` and `intent`).
Out:  for each set, accuracy and what would be answered alone; time a mail, mails a second, and memory.
The baseline is scikit-learn's TF-IDF into a logistic regression, trained on the same corpus.
"""

import argparse
import json
import platform
import resource
import statistics
import time
import tomllib
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from responder.domain.decision import Facts
from responder.domain.mail import InboundMail
from responder.domain.understanding import LABELS
from responder.policy.playbook import read_playbook
from responder.training.corpus import read_corpus
from responder.understanding.language import written
from responder.understanding.model import Classifier, load_classifier
from responder.understanding.understand import Understander

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "default"
RISKS = (0.02, 0.05, 0.1)
Ask = Callable[[Sequence[str]], NDArray[np.float64]]


def main() -> None:
    """Measure, and print what was found."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    before = _resident()
    classifier = load_classifier((MODEL / "model.npz").read_bytes(), (MODEL / "card.json").read_bytes(), str(MODEL))
    loaded = _resident() - before
    versions = f"python {platform.python_version()}, scikit-learn {version('scikit-learn')}"
    print(f"{versions}; model {classifier.card['sha256'][:16]}; no chance, no seed")
    baseline = _baseline()
    mapping = tomllib.loads((Path(__file__).parent / "labels.toml").read_text("utf-8"))
    for name, labels in mapping.items():
        rows = [row for row in _rows(folder / f"{name}.jsonl") if row["intent"] in labels]
        _accuracy(name, [row["text"] for row in rows], [labels[row["intent"]] for row in rows], classifier, baseline)
    texts = [row["text"] for row in _rows(folder / "banking77_near_miss.jsonl")]
    _accuracy("banking77_near_miss", texts, ["other"] * len(texts), classifier, baseline)
    _speed(classifier, texts[:1000])
    print(f"memory     the model takes {loaded:.0f} MB")


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _baseline() -> Ask:
    examples = read_corpus(MODEL / "corpus")
    pipeline = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000))
    pipeline.fit([f"{example.subject}\n{example.body}" for example in examples], [LABELS.index(example.label) for example in examples])

    def ask(texts: Sequence[str]) -> NDArray[np.float64]:
        answer: NDArray[np.float64] = pipeline.predict_proba(texts)
        return answer

    return ask


def _accuracy(name: str, texts: Sequence[str], truth: Sequence[str], classifier: Classifier, baseline: Ask) -> None:
    true = np.array([LABELS.index(label) for label in truth])
    ours = classifier.judge([written("", text, classifier.languages) for text in texts]).probabilities
    best, confidence = ours.argmax(axis=1), ours.max(axis=1)
    theirs = baseline(texts).argmax(axis=1)
    print(f"{name}: {len(texts)} rows; accuracy {(best == true).mean():.3f}, of the baseline {(theirs == true).mean():.3f}")
    for risk in RISKS:
        thresholds = classifier.thresholds(risk)
        alone = confidence >= np.array([thresholds[label] for label in LABELS])[best]
        right = f", right {(best == true)[alone].mean():.3f}" if alone.any() else ""
        sent = alone & np.isin(best, [LABELS.index(label) for label in _answered_without_order()])
        replies = f"; {sent.mean():.2%} would get a reply without a person, no order being known"
        print(f"    at a risk of {risk:.0%}: {alone.mean():.1%} understood that surely{right}{replies}")


def _answered_without_order() -> list[str]:
    """Name the requests that the shipped playbook answers alone when a verified sender names no order and the shop knows none."""
    playbook = read_playbook(tomllib.loads((ROOT / "templates" / "playbook.toml").read_text("utf-8")), off=frozenset({"acknowledge"}))
    return [label for label in LABELS if playbook.rule_for(Facts(label, delivery="known")).then == "answer"]


def _speed(classifier: Classifier, texts: Sequence[str]) -> None:
    understander = Understander(classifier, None, 0.02)
    mails = [InboundMail("", "a@example.org", "", None, (), "", None, text) for text in texts]
    times = []
    for mail in mails:
        started = time.perf_counter()
        understander.understand(mail)
        times.append(time.perf_counter() - started)
    started = time.perf_counter()
    classifier.judge([written("", text, classifier.languages) for text in texts])
    took = time.perf_counter() - started
    one = f"one mail {statistics.median(times) * 1000:.2f} ms (median of {len(times)})"
    print(f"speed      {one}; {len(texts) / took:.0f} a second in a batch")


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
