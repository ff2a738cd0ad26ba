"""Ordinary mail of customers has no hard sign of a machine, however strange its fields look; mail of machines has one."""

import pytest

from responder.domain.reading import ReadingRules
from responder.intake.read_mail import read_mail

RULES = ReadingRules(own_addresses=frozenset(("help@shop.example",)))
ANNA = "From: Anna Kern <anna@b.example>"
ASKS = "Where is my order 10422? I ordered it two weeks ago."
HTML = "Content-Type: text/html; charset=utf-8"
FORWARDED = "---------- Forwarded message ---------\nFrom: {0}\nDate: Mon, 2 Mar 2026\nSubject: {1}\nTo: <anna@b.example>\n\n{2}"


def _hops(count: int) -> str:
    return "\n".join(f"Received: from h{hop}.example by h{hop + 1}.example; Mon, 2 Mar 2026 10:00:00 +0000" for hop in range(count))


def _parts(kind: str, *parts: str) -> tuple[str, str]:
    return f"MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=cut", "".join(f"--cut\n{part}\n" for part in parts) + "--cut--"


PLAIN_PART = f"Content-Type: text/plain; charset=utf-8\n\n{ASKS}"
HTML_PART = f"Content-Type: text/html; charset=utf-8\n\n<p>{ASKS}</p>"
PHOTO_PART = "Content-Type: image/jpeg\nContent-Disposition: attachment; filename=a.jpg\nContent-Transfer-Encoding: base64\n\n/9j/4AAQ"
MAIL_PART = (
    "Content-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: no-reply@shop.example\nAuto-Submitted: auto-generated\n"
    "Subject: Your order 10422\n\nThank you for your order."
)

# What customers send: the fields (From is Anna's unless it stands there), and the text. Each mail asks something of the shop.
ORDINARY: dict[str, tuple[str, str]] = {
    # Programs and the fields that they write
    "outlook": ("X-Mailer: Microsoft Outlook 16.0\nThread-Index: AQHZx1\nThread-Topic: order\nX-MS-Has-Attach:", ASKS),
    "outlook for the web": ("X-MS-Exchange-Organization-SCL: -1\nX-MS-TNEF-Correlator:\nmsip_labels:\nAccept-Language: de-DE, en-US", ASKS),
    "exchange marks of a person": ("X-MS-Exchange-MessageSentRepresentingType: 1\nX-MS-Exchange-CrossTenant-id: 1-2-3", ASKS),
    "importance": ("Importance: high\nX-Priority: 1 (Highest)\nX-MSMail-Priority: High\nPriority: urgent", ASKS),
    "sensitivity": ("Sensitivity: personal\nX-Message-Flag: Follow up", ASKS),
    "apple mail": (
        "X-Mailer: Apple Mail (2.3826.200.121)\nMime-Version: 1.0 (Mac OS X Mail 16.0)\nX-Universally-Unique-Identifier: 1",
        ASKS,
    ),
    "thunderbird": ("User-Agent: Mozilla Thunderbird\nContent-Language: en-GB\nX-Mozilla-Draft-Info: internal/draft; vcard=0", ASKS),
    "gmail": ("X-Gm-Message-State: AOJu0Y\nX-Google-Smtp-Source: AGHT+I\nX-Received: by 2002:a05 with SMTP", ASKS),
    "mutt": ("User-Agent: Mutt/2.2.9\nContent-Disposition: inline\nMail-Followup-To: anna@b.example", ASKS),
    "the bat": ("X-Mailer: The Bat! (v10) Professional\nX-Priority: 3 (Normal)", ASKS),
    "roundcube": ("User-Agent: Roundcube Webmail/1.6.6\nX-Sender: anna@b.example", ASKS),
    "php without a person's program": ("X-PHP-Originating-Script: 33:contact.php\nX-Mailer: PHP/8.2", ASKS),
    "lotus notes": ("X-Mailer: HCL Notes Release 12.0\nX-MIMETrack: Itemize by SMTP Server\nX-KeepSent: 1", ASKS),
    "yahoo": ("X-YMail-OSG: x\nX-Sonic-MF: <anna@b.example>\nX-Mailer: WebService/1.1 YMailNorrin", ASKS),
    "gmx": ("X-UI-Sender-Class: 55c96\nX-Provags-ID: V03:K1\nX-UI-Out-Filterresults: notjunk:1;", ASKS),
    "wants a receipt": ("Disposition-Notification-To: anna@b.example\nReturn-Receipt-To: anna@b.example", ASKS),
    "signed on the way": (
        "DKIM-Signature: v=1; d=b.example\nARC-Seal: i=1; cv=none\nARC-Message-Signature: i=1\nAutocrypt: addr=anna@b.example",
        ASKS,
    ),
    # Fields that machines use as well
    "says that it is no machine": ("Auto-Submitted: no", ASKS),
    "says so in capitals with a comment": ("Auto-Submitted: No (a person wrote this)", ASKS),
    "says so with a parameter": ("Auto-Submitted: no; reason=typed", ASKS),
    "first-class": ("Precedence: first-class", ASKS),
    "normal": ("Precedence: normal", ASKS),
    "wants no receipts": ("X-Auto-Response-Suppress: DR, RN, NRN", ASKS),
    "wants anything": ("X-Auto-Response-Suppress: None", ASKS),
    "envelope of a sending service": ("Return-Path: <bounces+4711-help=shop.example@mail.b.example>", ASKS),
    "envelope rewritten by a forwarder": ("Return-Path: <SRS0=xY=AB=b.example=anna@forwarder.example>", ASKS),
    "envelope with tagged return": ("Return-Path: <prvs=1234abcd=anna@b.example>", ASKS),
    "twelve hops": (_hops(12), ASKS),
    "forty hops": (_hops(40), ASKS),
    "looked at for spam": ("X-Spam-Flag: NO\nX-Spam-Status: No, score=2.1 required=5.0\nX-Spam-Level: **", ASKS),
    "looked at for viruses": ("X-Virus-Scanned: by amavis\nX-Virus-Status: Clean\nX-Antivirus: Avast", ASKS),
    "delivered to us": ("Delivered-To: help@shop.example\nX-Original-To: help@shop.example\nEnvelope-To: help@shop.example", ASKS),
    "sent for her by a program": ("Sender: bounces@mail.b.example", ASKS),
    "empty list fields": ("List-Unsubscribe:\nList-Id:", ASKS),
    # Names of persons and offices that look like machines
    "mr bounce": ("From: Henry Bouncer <henry.bouncer@b.example>", ASKS),
    "mrs noreply's neighbour": ("From: Noel Replier <noel.replier@b.example>", ASKS),
    "a request in front": ("From: Request Desk <request-desk@b.example>", ASKS),
    "an owner": ("From: Owner <owner@b.example>", ASKS),
    "an office": ("From: Front office <office@b.example>\nSubject: Out of stock?", ASKS),
    "only an address": ("From: 13800138000@b.example", "你好，我的订单10422什么时候发货？"),
    # Replies and forwards
    "answers us": (
        "Subject: Re: Your order 10422\nIn-Reply-To: <r1.abc@shop.example>\nReferences: <r1.abc@shop.example>",
        "Yes, please send it.",
    ),
    "answers our notice": ("Subject: AW: [#10422] Ihre Anfrage", "Danke, aber wo ist das Paket?\n\n> Vielen Dank für Ihre Anfrage."),
    "answers an automatic answer": ("Subject: Re: Automatic reply: Where is my order", "That did not help me. Where is order 10422?"),
    "forwards to us": (
        "Subject: Fwd: Your parcel",
        "See below, what now?\n\n" + FORWARDED.format("carrier@c.example", "Your parcel", "It is late."),
    ),
    "forwards an order": (
        "Subject: WG: Bestellung 10422",
        "Bitte stornieren.\n\n" + FORWARDED.format("noreply@shop.example", "Bestellung", "Danke!"),
    ),
    "forwards without a word": (
        "Subject: Fwd: Order 10422",
        FORWARDED.format("Shop <help@shop.example>", "Order 10422", "We got your order."),
    ),
    "forwards the carrier's failure": (
        "Subject: Fwd: Delivery attempt failed",
        "They never rang!\n\n" + FORWARDED.format("c@carrier.example", "Delivery attempt failed", "We could not deliver your parcel."),
    ),
    "attaches our mail": _parts("mixed", PLAIN_PART, MAIL_PART),
    # How mail from telephones and programs ends
    "from a telephone": ("X-Mailer: iPhone Mail (21F90)", f"{ASKS}\n\nSent from my iPhone"),
    "from a german telephone": ("Subject: Bestellung", "Wo bleibt meine Bestellung 10422?\n\nVon meinem iPhone gesendet"),
    "from a french telephone": ("Subject: Commande", "Où est ma commande 10422 ?\n\nEnvoyé de mon iPhone"),
    "from android": ("Subject: order", f"{ASKS}\n\nGet Outlook for Android<https://aka.ms/x>"),
    "from a chinese telephone": ("Subject: 订单", "我的订单10422到哪里了？\n\n发自我的iPhone"),
    "scanned": ("Subject: order", f"{ASKS}\n\n-- \nVirus-free. www.scanner.example"),
    "a lawyer's footer": (
        "Subject: order",
        f"{ASKS}\n\nThis message is confidential. If you received it in error, delete it. Think before you print.",
    ),
    "print less": ("Subject: order", f"{ASKS}\n\n-- \nAnna Kern\nThis e-mail was sent from a shared mailbox."),
    # Forms and marketplaces that write for a customer
    "contact form": (
        "From: Shop form <form@shop-site.example>\nReply-To: anna@b.example\nSubject: New enquiry",
        f"Name: Anna Kern\nEmail: anna@b.example\nPhone: 0123\nMessage: {ASKS}",
    ),
    "contact form of the shop's own no-reply": (
        "From: Shop <no-reply@forms.example>\nReply-To: Anna <anna@b.example>",
        f"Name: Anna\nMessage: {ASKS}",
    ),
    "wordpress": ("From: WordPress <wordpress@shop-site.example>\nReply-To: anna@b.example", f"From: Anna\nSubject: order\n\n{ASKS}"),
    "marketplace relay": ("From: Anna <a1b2c3@marketplace.example>\nReply-To: <a1b2c3@marketplace.example>\nX-Mailer: relay", ASKS),
    "marketplace that hides its buyer": ("From: Buyer <no-reply@marketplace.example>\nReply-To: buyer-77@relay.example", ASKS),
    "private relay": ("From: Anna <x7y8z9@privaterelay.example>\nReturn-Path: <bounce-1@privaterelay.example>", ASKS),
    # Words of machines in the mouths of persons
    "is out of the office": ("Subject: Delivery day", "I am out of the office until Monday, so please deliver order 10422 on Tuesday."),
    "is on holiday": ("Subject: Lieferung verschieben", "Ich bin bis 12. August im Urlaub. Bitte liefern Sie Bestellung 10422 danach."),
    "office late in the subject": ("Subject: Parcel 10422 came while I was out of office", ASKS),
    "was promised an automatic answer": (
        "Subject: Only an automatic answer so far",
        "I only got an automatic reply. Where is order 10422?",
    ),
    "automatic winder": ("Subject: Automatic watch winder defective", "The automatic winder of order 10422 stopped."),
    "automatic in german": ("Subject: Automatischer Regenschirm klemmt", "Der Schirm aus Bestellung 10422 klemmt."),
    "automatic lights": ("Subject: automatic night light", "Does the night light switch on automatically?"),
    "undeliverable parcel": ("Subject: Undeliverable parcel 10422", "The carrier calls my parcel undeliverable. The address is right!"),
    "delivery failed": ("Subject: Delivery failed", "The app says: delivery failed. I was at home all day. Order 10422."),
    "delivery failed again": ("Subject: delivery failed twice, order 10422", "Delivery failed twice. Please send it to the shop instead."),
    "delivery failure, says the carrier": ("Subject: Delivery failure of order 10422", "They write address not found. It is 12 Mill Lane."),
    "returned to the sender": ("Subject: Parcel returned to you", "Tracking says: returned to sender. Please send it once more."),
    "zustellung fehlgeschlagen": ("Subject: Zustellung fehlgeschlagen", "Die Zustellung meines Pakets 10422 ist fehlgeschlagen."),
    "colis non remis": ("Subject: Colis non remis", "Le livreur dit que le colis 10422 ne peut être remis. Pourquoi ?"),
    "paquete devuelto": ("Subject: Paquete devuelto", "Mi paquete del pedido 10422 fue devuelto. ¿Qué hago?"),
    "pacco non consegnato": ("Subject: Pacco non consegnato", "Il pacco dell'ordine 10422 non è stato consegnato."),
    "快递退回": ("Subject: 快递被退回了", "订单10422的快递被退回了，请重新发货。"),
    "notification did not come": ("Subject: No shipping notification", "I got no notification for order 10422. Has it left?"),
    "thanks for writing": ("Subject: Re: your question", "Thank you for your email. The order number is 10422."),
    "do not reply": ("Subject: Which address?", "Your mail says do not reply, so I write here. Where is order 10422?"),
    "unsubscribe": ("Subject: Unsubscribe and order 10422", "Please unsubscribe me, and tell me where order 10422 is."),
    "confirm": ("Subject: Please confirm my change of address", "Please confirm that order 10422 goes to 12 Mill Lane."),
    "ticket number of another shop": ("Subject: Order 10422 / your ticket 77", ASKS),
    "failure": ("Subject: Failure of the pump", "The pump of order 10422 failed after a day."),
    "warning": ("Subject: Warning light stays on", "The warning light of the charger from order 10422 stays on."),
    "vacation house": ("Subject: Vacation home delivery", "Can you deliver order 10422 to our vacation home?"),
    # Forms of mail
    "no subject": ("Subject:", ASKS),
    "html alone": (f"{HTML}\nSubject: order", f"<html><body><div>{ASKS}</div><br><div>Sent from my phone</div></body></html>"),
    "both forms": _parts("alternative", PLAIN_PART, HTML_PART),
    "with a photo": _parts("mixed", PLAIN_PART, PHOTO_PART),
    "signed": _parts("signed", PLAIN_PART, "Content-Type: application/pgp-signature\n\nx"),
    "encoded subject": ("Subject: =?utf-8?q?R=C3=BCcksendung?= =?utf-8?q?_10422?=", "Wie sende ich die Lampe zurück?"),
    "angry": ("Subject: WHERE IS MY ORDER", "WHERE IS MY ORDER 10422!!! ANSWER ME!!!"),
    "one word": ("Subject: 10422", "Where?"),
}


def whole(head: str, body: str) -> bytes:
    """Write a mail of the lists above."""
    if not head.startswith("From:"):
        head = f"{ANNA}\n{head}"
    return f"{head}\nTo: help@shop.example\nMessage-ID: <1@b.example>\n\n{body}\n".encode()


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_mail_has_no_hard_sign(name: str) -> None:
    mail = read_mail(whole(*ORDINARY[name]), RULES)
    assert mail.sender_doubt is None
    assert mail.new_text or mail.quoted_text
    assert [sign for sign in mail.machine_signs if sign.hard] == []


def _report(kind: str, part: str) -> tuple[str, str]:
    head, body = _parts(f"report; report-type={kind}", "Content-Type: text/plain\n\nSee below.", part)
    return f"From: Mail system <system@c.example>\n{head}", body


# What machines send; for each, one of the signs that must be found.
MACHINES: dict[str, tuple[str, str, str]] = {
    # Automatic answers that say so in their fields
    "answer of a vacation program": ("Auto-Submitted: auto-replied\nSubject: Away", "I am away.", "auto-submitted"),
    "answer with a comment": ("Auto-Submitted: auto-replied (vacation)\nSubject: Away", "I am away.", "auto-submitted"),
    "notice of a program": ("Auto-Submitted: auto-generated; type=backup\nSubject: Done", "The work is done.", "auto-submitted"),
    "keyword of tomorrow": ("Auto-Submitted: auto-notified\nSubject: News", "Something has changed.", "auto-submitted"),
    "keyword of nobody": ("Auto-Submitted: x-house-rule\nSubject: News", "Something has changed.", "auto-submitted"),
    "yes after no": ("Auto-Submitted: no\nAuto-Submitted: auto-replied", "I am away.", "auto-submitted"),
    "exchange answer": ("X-Auto-Response-Suppress: All\nSubject: Away", "I am away.", "auto-response-suppress"),
    "exchange notice": ("X-Auto-Response-Suppress: DR, OOF, AutoReply\nSubject: Meeting", "The room is booked.", "auto-response-suppress"),
    "inbox rule": ("X-MS-Exchange-Inbox-Rules-Loop: a@b.example\nSubject: Re: order", "Noted.", "auto-reply-field"),
    "old vacation program": ("X-Autoreply: yes\nSubject: Re: order", "Noted.", "auto-reply-field"),
    "older vacation program": ("X-Autorespond: order\nSubject: Re: order", "Noted.", "auto-reply-field"),
    "panel answer": ("X-Mail-Autoreply: 1\nSubject: Re: order", "Noted.", "auto-reply-field"),
    "apple server": ("X-Apple-Action: VACATION\nSubject: Re: order", "Noted.", "auto-reply-field"),
    "precedence": ("Precedence: auto_reply\nSubject: Re: order", "Noted.", "precedence"),
    "to a responder": ("Delivered-To: autoresponder\nSubject: Re: order", "Noted.", "auto-reply-field"),
    # Automatic answers that only their words give away
    "out of office": ("Subject: Out of office: Your order 10422", "I am away until Monday.", "vacation"),
    "automatic reply": ("Subject: Automatic reply: Your order 10422", "I am away until Monday.", "vacation"),
    "abwesenheitsnotiz": ("Subject: Abwesenheitsnotiz: Ihre Bestellung", "Ich bin ab Montag wieder da.", "vacation"),
    "réponse automatique": ("Subject: Réponse automatique : votre commande", "Je suis en congés.", "vacation"),
    "respuesta automática": ("Subject: Respuesta automática: su pedido", "Vuelvo el lunes.", "vacation"),
    "自动回复": ("Subject: 自动回复: 您的订单", "我正在休假。", "vacation"),
    "tagged by a gateway": ("Subject: [EXTERNAL] Out of Office: order", "I am away until Monday.", "vacation"),
    "thanks and is away": ("Subject: Re: order", "Thank you for your message. I am on annual leave until 3 May.", "vacation"),
    "dankt und ist weg": ("Subject: Re: Bestellung", "Vielen Dank für Ihre Nachricht. Ich bin bis 3. Mai nicht im Büro.", "vacation"),
    "says that it is automatic": ("Subject: Re: order", "This is an automated response. We will be in touch.", "automatic-text"),
    "sagt es auf deutsch": ("Subject: Re: Bestellung", "Dies ist eine automatisch erstellte E-Mail.", "automatic-text"),
    "help desk": ("Subject: [Request received] order", "We have it and will answer.", "acknowledgement"),
    "asks whether we are persons": ("Subject: Please confirm your message", "Click here so that it is delivered.", "challenge"),
    # Reports on delivery and reading
    "delivery report": (*_report("delivery-status", "Content-Type: message/delivery-status\n\nAction: failed"), "report"),
    "late delivery": (*_report("delivery-status", "Content-Type: message/delivery-status\n\nAction: delayed"), "report"),
    "delivery report in unicode": (*_report("global-delivery-status", "Content-Type: message/global-delivery-status\n\nx: y"), "report"),
    "read receipt": (*_report("disposition-notification", "Content-Type: message/disposition-notification\n\nx: y"), "report"),
    "complaint": (*_report("feedback-report", "Content-Type: message/feedback-report\n\nFeedback-Type: abuse"), "report"),
    "report of a kind to come": (*_report("x-new", "Content-Type: text/plain\n\nx"), "report"),
    "report within a mail": (
        *_parts("mixed", "Content-Type: text/plain\n\nSee.", "Content-Type: message/delivery-status\n\nx: y"),
        "report",
    ),
    "null envelope": ("Return-Path: <>\nSubject: Your mail", "It could not be handed over.", "null-return-path"),
    "failed recipients": ("X-Failed-Recipients: x@c.example\nSubject: Your mail", "Failed.", "auto-reply-field"),
    "mailer-daemon": ("From: MAILER-DAEMON@c.example\nSubject: Hello", "Your mail failed.", "system-address"),
    "postmaster": ("From: Postmaster <postmaster@c.example>\nSubject: Hello", "Your mail failed.", "system-address"),
    "returned mail": ("Subject: Undelivered Mail Returned to Sender", "It failed.", "delivery-failure"),
    "unzustellbar": ("Subject: Unzustellbare Nachricht: Ihre Bestellung", "Nicht zugestellt.", "delivery-failure"),
    "退信": ("Subject: 系统退信", "您的邮件无法投递。", "delivery-failure"),
    "qmail": ("Subject: x", "Hi. This is the qmail-send program at c.example.\n<x@c.example>:\nuser unknown", "delivery-failure"),
    "exim": (
        "Subject: x",
        "This message was created automatically by mail delivery software.\n\nx@c.example\n550 5.1.1 User unknown",
        "delivery-failure",
    ),
    # Lists, newsletters, notices
    "list": ("List-Id: <lamps.c.example>\nSubject: [lamps] LED", "Which LED is best?", "list"),
    "newsletter": ("List-Unsubscribe: <https://c.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", "Buy lamps!", "list"),
    "list's archive": ("List-Archive: <https://c.example/a>\nSubject: Digest", "Today on the list.", "list"),
    "list's desk": ("List-Help: <mailto:h@c.example>\nSubject: Welcome", "You have joined.", "list"),
    "bulk": ("Precedence: bulk\nSubject: Offer", "Buy lamps!", "precedence"),
    "junk": ("Precedence: junk\nSubject: Offer", "Buy lamps!", "precedence"),
    "list precedence": ("Precedence: list\nSubject: LED", "Which LED is best?", "precedence"),
    "list program": ("X-MLServer: fml\nSubject: LED", "Which LED is best?", "auto-reply-field"),
    "marketplace notice": ("X-Amazon-Mail-Relay-Type: notification\nSubject: Sold", "You have sold a lamp.", "auto-reply-field"),
    "from nobody's mailbox": (
        "From: Carrier <no-reply@carrier.example>\nSubject: Parcel",
        "Your parcel is on its way.",
        "no-reply-address",
    ),
    "niemand liest": ("From: Versand <nicht-antworten@carrier.example>\nSubject: Paket", "Ihr Paket ist da.", "no-reply-address"),
    "list's owner": ("From: lamps-owner@c.example\nSubject: Held", "Your post waits.", "system-address"),
    "list's request": ("From: lamps-request@c.example\nSubject: Welcome", "You have joined.", "system-address"),
    "list's bounces": ("From: lamps-bounces@c.example\nSubject: Held", "Your post waits.", "system-address"),
    "marked as spam": ("X-Spam-Flag: YES\nSubject: Pills", "Buy pills!", "spam"),
    # Our own mail, and loops
    "our own address": ("From: Shop <help@shop.example>\nSubject: Your order", ASKS, "own-address"),
    "too many hops": (_hops(51), ASKS, "loop"),
}


@pytest.mark.parametrize("name", MACHINES)
def test_mail_of_machines_has_a_hard_sign(name: str) -> None:
    head, body, code = MACHINES[name]
    mail = read_mail(whole(head, body), RULES)
    assert code in [sign.code for sign in mail.machine_signs if sign.hard]


def test_both_corpora_are_as_large_as_is_claimed() -> None:
    assert len(ORDINARY) >= 90
    assert len(MACHINES) >= 55
