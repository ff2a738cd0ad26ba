"""Understand a mail.

In:   an InboundMail.
Out:  an Understanding: language, requests with calibrated confidence, what they rest on, and the details.
Limits: an empty mail is `other` with no confidence.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from responder.domain.mail import InboundMail
from responder.domain.understanding import Label, Request, Understanding
from responder.understanding.details.details import details_of
from responder.understanding.language import written
from responder.understanding.model import NEVER, Classifier, Judgement, threshold_for
from responder.understanding.text import Written

FURTHER = 0.2


class Understander:
    """Understand mails by the trained classifiers, at a stated risk of wrong answers.

    `answers` tells what a mail answers when the shop has asked something; without it, replies are read like any other mail.
    """

    def __init__(self, classifier: Classifier, answers: Classifier | None, max_wrong: float) -> None:
        self._classifier = classifier
        self._answers = answers
        self._thresholds = classifier.thresholds(max_wrong)
        # Answers are few and short: one threshold for them all.
        self._answer_threshold = threshold_for(answers.all_held_out, max_wrong) if answers else NEVER

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
            others = tuple(Request(label, 0.0) for label in self._classifier.labels if label != "other")
            return Understanding(text.language, (Request("other", 0.0), *others), details=details, threshold=NEVER)
        judgement = self._classifier.judge([text])
        requests = _in_order(self._classifier, judgement)
        best = requests[0].label
        further: tuple[Label, ...] = tuple(
            request.label for request in requests[1:] if request.confidence >= FURTHER and request.label != "complaint"
        )
        return Understanding(
            language=text.language,
            requests=requests,
            further=further,
            threshold=self._thresholds[best],
            details=details,
            phrases=self._classifier.phrases(judgement, best),
            nearest=self._classifier.neighbours(judgement),
            answers=self._answered(mail, text),
            answer_threshold=self._answer_threshold,
        )

    def _answered(self, mail: InboundMail, text: Written) -> tuple[Request, ...]:
        """Tell what a reply answers, by what is written in it alone: its subject is that of our question."""
        if self._answers is None or not (mail.in_reply_to or mail.references):
            return ()
        return _in_order(self._answers, self._answers.judge([replace(text, subject="")]))


def _in_order(classifier: Classifier, judgement: Judgement) -> tuple[Request, ...]:
    requests = map(Request, classifier.labels, map(float, judgement.probabilities[0]))
    return tuple(sorted(requests, key=lambda request: -request.confidence))
