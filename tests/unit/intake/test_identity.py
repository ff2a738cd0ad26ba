"""A mail is the same mail wherever it is fetched from."""

from responder.intake.identity import message_key

MAIL = b"Received: from x\nFrom: a@b.example\nSubject: a\n b\nMessage-ID: <1@b.example>\n\nHello\n\n"


def test_what_servers_add_does_not_change_it() -> None:
    other = b"Return-Path: <x>\r\nDelivered-To: y\r\nX-Spam: no\r\nARC-Seal: z\r\nAuthentication-Results: q\r\n" + MAIL.replace(
        b"\n", b"\r\n"
    )
    assert message_key(other + b"\r\n\r\n") == message_key(MAIL)


def test_its_folding_does_not_change_it() -> None:
    assert message_key(MAIL.replace(b"a\n b", b"a b")) == message_key(MAIL)


def test_other_words_make_another_mail() -> None:
    assert message_key(MAIL.replace(b"Hello", b"Hullo")) != message_key(MAIL)
    assert message_key(MAIL.replace(b"Subject: a", b"Subject: c")) != message_key(MAIL)


def test_the_message_id_is_given_as_written() -> None:
    assert message_key(MAIL)[0] == "<1@b.example>"
    assert message_key(b"From: a@b.example\n\nx")[0] == ""


def test_junk_has_a_key_too() -> None:
    assert message_key(b"")[0] == ""
    assert len(message_key(b"\0\xff" * 100)[1]) == 64
