"""Understand a mail.

In:   an InboundMail.
Out:  an Understanding: language, requests with calibrated confidence, what they rest on, and the details.
Limits: an empty mail is `other` with no confidence.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from responder.domain.answers import Answered
from responder.domain.mail import InboundMail
from responder.domain.understanding import Details, Label, Request, Understanding
from responder.understanding.answers import AnswerReader
from responder.understanding.details.details import details_of
from responder.understanding.details.named_countries import find_countries
from responder.understanding.language import written
from responder.understanding.model import NEVER, Classifier
from responder.understanding.text import Written

FURTHER = 0.2


class Understander:
    """Understand mails by the trained classifiers, at a stated risk of wrong answers.

    `answers` tells what a mail answers when the shop has asked something; without it, replies are read like any other mail.
    """

    def __init__(self, classifier: Classifier, answers: Classifier | None, max_wrong: float) -> None:
        self._classifier = classifier
        self._answers = AnswerReader(answers, max_wrong) if answers else None
        self._thresholds = classifier.thresholds(max_wrong)

    @property
    def card(self) -> Mapping[str, Any]:
        """Tell what the model is."""
        return self._classifier.card

    @property
    def languages(self) -> tuple[str, ...]:
        """Name the languages that the model was trained on (ISO 639-1)."""
        return self._classifier.languages

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
        likely = map(Request, self._classifier.labels, map(float, judgement.probabilities[0]))
        requests = tuple(sorted(likely, key=lambda request: -request.confidence))
        best = requests[0].label
        if best == "shipping_question":
            details = replace(details, countries=find_countries(f"{text.subject}\n{text.body}", text.language))
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
            answers=self._answered(mail, text, details),
        )

    def _answered(self, mail: InboundMail, text: Written, details: Details) -> tuple[Answered, ...]:
        """Tell what a reply answers, by what is written in it alone: its subject is that of our question."""
        if self._answers is None or not (mail.in_reply_to or mail.references):
            return ()
        return self._answers.read(replace(text, subject=""), details)
