"""Understand a mail.

In:   an InboundMail.
Out:  an Understanding: language, requests with calibrated confidence, what they rest on, and the details.
Limits: an empty mail is `other` with no confidence.
"""

import re
from collections.abc import Mapping
from typing import Any

from responder.domain.mail import InboundMail
from responder.domain.understanding import LABELS, Label, Request, Understanding
from responder.understanding.details.details import details_of
from responder.understanding.language import written
from responder.understanding.model import NEVER, Classifier

FURTHER = 0.2


class Understander:
    """Understand mails by the trained classifier, at a stated risk of wrong answers."""

    def __init__(self, classifier: Classifier, max_wrong: float) -> None:
        self._classifier = classifier
        self._thresholds = classifier.thresholds(max_wrong)

    @property
    def card(self) -> Mapping[str, Any]:
        """Tell what the model is."""
        return self._classifier.card

    def answerable(self) -> list[Label]:
        """Name the labels that may be answered alone at the stated risk."""
        return [label for label, threshold in self._thresholds.items() if threshold <= 1]

    def understand(self, mail: InboundMail, order_patterns: tuple[str, ...] = ()) -> Understanding:
        """Tell what a mail means; `order_patterns` are the shop's own shapes of order numbers."""
        text = written(mail.subject, mail.new_text, self._classifier.languages)
        details = details_of(mail, tuple(map(re.compile, order_patterns)))
        if not f"{text.subject}{text.body}".strip():
            others = tuple(Request(label, 0.0) for label in LABELS if label != "other")
            return Understanding(text.language, (Request("other", 0.0), *others), details=details, threshold=NEVER)
        judgement = self._classifier.judge([text])
        probabilities = judgement.probabilities[0]
        requests = sorted(
            (Request(label, float(probability)) for label, probability in zip(self._classifier.labels, probabilities, strict=True)),
            key=lambda request: -request.confidence,
        )
        best = requests[0].label
        further: tuple[Label, ...] = tuple(
            request.label for request in requests[1:] if request.confidence >= FURTHER and request.label != "complaint"
        )
        return Understanding(
            language=text.language,
            requests=tuple(requests),
            further=further,
            threshold=self._thresholds[best],
            details=details,
            phrases=self._classifier.phrases(judgement, best),
            nearest=self._classifier.neighbours(judgement),
        )
