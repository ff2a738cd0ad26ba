"""A machine's mail has a sign; a person's has none."""

import pytest

from responder.domain.mail import Sign
from responder.domain.reading import ReadingRules
from responder.intake.read_mail import read_mail

RULES = ReadingRules(own_addresses=frozenset(("help@shop.example",)))


def _signs(
    head: str, body: str = "Where is my order 10422? I ordered it two weeks ago.", from_: str = "Anna <anna@b.example>"
) -> tuple[Sign, ...]:
    return read_mail(f"From: {from_}\n{head}\n\n{body}".replace("\n\n\n", "\n\n").encode(), RULES).machine_signs


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("Auto-Submitted: auto-replied", "auto-submitted"),
        ("Auto-Submitted: AUTO-GENERATED; x=1", "auto-submitted"),
        ("Auto-Submitted: (a (b)) auto-notified (c)", "auto-submitted"),
        ("Auto-Submitted: x-unknown", "auto-submitted"),
        ("Auto-Submitted: no\nAuto-Submitted: auto-replied", "auto-submitted"),
        ("Return-Path: <>", "null-return-path"),
        ("List-Id: <x.y>", "list"),
        ("List-Unsubscribe: <mailto:x@y.example>", "list"),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", "auto-response-suppress"),
        ("X-Auto-Response-Suppress: all", "auto-response-suppress"),
        ("Precedence: bulk", "precedence"),
        ("Precedence: auto_reply", "precedence"),
        ("X-Autoreply: yes", "auto-reply-field"),
        ("X-Autorespond: x", "auto-reply-field"),
        ("X-Auto-Reply-From: x", "auto-reply-field"),
        ("X-Mail-Autoreply: x", "auto-reply-field"),
        ("X-Apple-Action: VACATION", "auto-reply-field"),
        ("X-Failed-Recipients: x@y.example", "auto-reply-field"),
        ("X-MLServer: x", "auto-reply-field"),
        ("X-Amazon-Mail-Relay-Type: notification", "auto-reply-field"),
        ("Delivered-To: autoresponder", "auto-reply-field"),
        ("X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", "auto-reply-field"),
        ("X-MS-Exchange-Inbox-Rules-Loop: a@b.example", "auto-reply-field"),
        ("X-Spam-Flag: YES", "spam"),
        ("Received: x\n" * 51 + "X: y", "loop"),
        ("Content-Type: multipart/report; boundary=x", "report"),
    ],
)
def test_fields_give_machines_away(head: str, code: str) -> None:
    signs = _signs(head)
    assert any(sign.code == code and sign.hard for sign in signs)


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: No (by hand)",
        "Auto-Submitted: no; x=1",
        "Return-Path: <anna@b.example>",
        "Return-Path: <bounces+123@mail.b.example>",
        "X-Auto-Response-Suppress: None",
        "X-Auto-Response-Suppress: DR, RN, NRN",
        "Precedence: normal",
        "X-Spam-Flag: NO",
        "X-Spam-Status: No, score=-1",
        "Received: x\n" * 40 + "X: y",
        "Subject: Re: Automatic reply: your order",
        "Subject: I got an automatic reply, and nothing else",
        "Subject: Automatic reply received, still no parcel",
        "Subject: Delivery failed",
        "Subject: Undeliverable parcel",
        "Subject: Auto: Ersatzteil bestellt",
        "Subject: Abwesend am Tag der Zustellung",
        "Subject: Holiday order",
        "Subject: Urlaub und Zustellung",
        "Subject: Failure of the pump",
        "X-Mailer: Apple Mail (2.3445)",
        "In-Reply-To: <r1.abc@shop.example>",
        "X-Priority: 1",
    ],
)
def test_persons_have_no_sign(head: str) -> None:
    assert _signs(head) == ()


@pytest.mark.parametrize(
    "local",
    "mailer-daemon MAILER-DAEMON post_master postmaster listserv majordomo shop-request owner-shop shop-owner list-bounces bounce "
    "bounce+a=b noreply no-reply no_reply no.reply donotreply do-not-reply orders-noreply noreply-123 noreply+x nao-responda "
    "ne-pas-repondre no-responder nicht-antworten keine-antwort non-rispondere nie-odpowiadaj svar-ikke".split(),
)
def test_addresses_of_systems_are_known(local: str) -> None:
    assert any(sign.hard for sign in _signs("Subject: x", from_=f"{local}@b.example"))


@pytest.mark.parametrize("local", "anna bounty noel replyanna henry.bouncer ownership request-anna norep norman postmann".split())
def test_addresses_of_persons_are_not_of_systems(local: str) -> None:
    assert _signs("Subject: x", from_=f"{local}@b.example") == ()


def test_our_own_address_is_known() -> None:
    assert [sign.code for sign in _signs("Subject: x", from_="Help@Shop.example".lower())] == ["own-address"]


def test_a_relay_that_wrote_for_a_customer_is_a_soft_sign() -> None:
    signs = _signs("Reply-To: anna@c.example", from_="no-reply@market.example")
    assert [(sign.code, sign.hard) for sign in signs] == [("no-reply-address", False)]


def test_other_precedences_are_soft_signs() -> None:
    assert [(sign.code, sign.hard) for sign in _signs("Precedence: special")] == [("precedence", False)]


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your order",
        "Out of Office: Your order",
        "Abwesenheitsnotiz: Ihre Bestellung",
        "Automatische Antwort: Ihre Bestellung",
        "Réponse automatique : votre commande",
        "Respuesta automática: su pedido",
        "Risposta automatica: il suo ordine",
        "Resposta automática: seu pedido",
        "Automatisch antwoord: uw bestelling",
        "Automatyczna odpowiedź: zamówienie",
        "Autosvar: din beställning",
        "Automatisk svar: din ordre",
        "Automaattinen vastaus: tilaus",
        "Automatická odpověď: objednávka",
        "Automatikus válasz: rendelés",
        "Răspuns automat: comanda",
        "Автоматический ответ: заказ",
        "Otomatik Yanıt: sipariş",
        "自動応答: ご注文",
        "自动回复: 订单",
        "자동 회신: 주문",
        "[EXTERNAL] Automatic reply: Your order",
        "=?utf-8?q?Automatische_Antwort=3A_Ihre_Bestellung?=",
        "Undelivered Mail Returned to Sender",
        "Mail delivery failed: returning message to sender",
        "Delivery Status Notification (Failure)",
        "Unzustellbare Nachricht: x",
        "系统退信",
        "Недоставленное сообщение",
        "[Request received] Your order",
        "Ihre Anfrage ist bei uns eingegangen",
        "[BoxTrapper] Your e-mail requires verification",
    ],
)
def test_subjects_give_machines_away(subject: str) -> None:
    assert any(sign.hard for sign in _signs(f"Subject: {subject}"))


@pytest.mark.parametrize(
    "body",
    [
        "Hi. This is the qmail-send program at b.example.\nI'm afraid I wasn't able to deliver.\n\n<x@b.example>:\nuser unknown",
        "This message was created automatically by mail delivery software.\n\n  x@b.example\n    550 5.1.1 User unknown",
        "Delivery has failed to these recipients or groups:\n\nx@b.example\n\n550 5.1.1 RESOLVER.ADR.RecipNotFound; user unknown",
        "Your message did not reach some or all of the intended recipients.\n\n  To: x@b.example",
        "This is an automated reply. We have received your mail.",
        "Thank you for your email. I am out of the office until Monday.",
        "Vielen Dank für Ihre Nachricht. Ich bin bis Montag nicht im Büro.",
        "Dies ist eine automatisch erstellte Antwort.",
    ],
)
def test_texts_give_machines_away(body: str) -> None:
    assert any(sign.hard for sign in _signs("Subject: x", body))


@pytest.mark.parametrize(
    "body",
    [
        "My parcel was returned. The courier said: delivery failed, address not found. Why?",
        "I am out of the office until Monday, please deliver then.",
        "Ich bin im Urlaub, bitte liefern Sie später. Danke!",
        "Thank you for your email. My order number is 10422.",
        "I wrote to you and got this: Delivery Status Notification. What now?",
    ],
)
def test_texts_of_persons_do_not(body: str) -> None:
    assert _signs("Subject: x", body) == ()
