"""A mail's tree is taken apart, also when it is broken."""

import base64

from responder.intake.body import Body, read_body
from responder.intake.headers import split_head
from responder.intake.limits import Notes
from responder.intake.parts import safe_name, take_apart, unflow


def _body(content: str | bytes, notes: Notes | None = None) -> Body:
    notes = notes or Notes()
    fields, rest = split_head(content.encode() if isinstance(content, str) else content, notes)
    return read_body(take_apart(fields, rest, notes), notes)


def _multipart(kind: str, *parts: str, closed: bool = True) -> str:
    return f"Content-Type: multipart/{kind}; boundary=x\n\n" + "".join(f"--x\n{part}\n" for part in parts) + ("--x--\n" if closed else "")


PLAIN = "Content-Type: text/plain\n\nHello there, where is my order?"
HTML = "Content-Type: text/html\n\n<p>Hello there, where is my order?</p>"
FILE = 'Content-Type: application/pdf; name="a.pdf"\nContent-Transfer-Encoding: base64\n\nQUJDRA=='


def test_plain_text_is_preferred_and_files_are_attachments() -> None:
    body = _body(_multipart("mixed", _multipart("alternative", PLAIN, HTML).replace("=x", "=y").replace("--x", "--y"), FILE))
    assert body.new_text == "Hello there, where is my order?"
    assert [(file.name, file.type, file.size) for file in body.attachments] == [("a.pdf", "application/pdf", 4)]


def test_html_is_read_when_the_plain_text_is_a_stub() -> None:
    stub = "Content-Type: text/plain\n\nYour client does not support HTML"
    html = "Content-Type: text/html\n\n<p>Where is my order? I have been waiting for it since the third of May.</p>"
    assert _body(_multipart("alternative", stub, html)).new_text.startswith("Where is my order?")


def test_a_mail_whose_two_forms_disagree_is_noted() -> None:
    notes = Notes()
    other = "Content-Type: text/html\n\n<p>Please refund everything immediately onto this other account</p>"
    _body(_multipart("alternative", PLAIN, other), notes)
    assert "the plain text and the HTML disagree" in notes.all()


def test_an_unclosed_multipart_is_read_to_its_end() -> None:
    assert _body(_multipart("mixed", PLAIN, closed=False)).new_text == "Hello there, where is my order?"


def test_a_lost_boundary_parameter_is_found_in_the_body() -> None:
    content = _multipart("mixed", PLAIN, FILE).replace("; boundary=x", "")
    assert _body(content).new_text == "Hello there, where is my order?"


def test_inline_pictures_of_related_are_attachments() -> None:
    body = _body(_multipart("related", HTML, "Content-Type: image/png\nContent-ID: <a>\n\nx"))
    assert (body.new_text, len(body.attachments)) == ("Hello there, where is my order?", 1)


def test_an_attached_message_is_an_attachment_unless_there_is_no_other_text() -> None:
    attached = "Content-Type: message/rfc822\n\nSubject: old\n\nOld words"
    assert _body(_multipart("mixed", PLAIN, attached)).new_text == "Hello there, where is my order?"
    body = _body(_multipart("mixed", attached))
    assert (body.new_text, body.attachments[0].name) == ("Old words", "old")


def test_a_signature_part_is_an_attachment() -> None:
    body = _body(_multipart("signed", PLAIN, "Content-Type: application/pgp-signature\n\nx"))
    assert [file.type for file in body.attachments] == ["application/pgp-signature"]


def test_broken_base64_gives_what_can_be_saved() -> None:
    assert _body("Content-Transfer-Encoding: base64\n\nSGVsbG8g\nd29ybGQ\n").new_text == "Hello world"
    assert _body("Content-Transfer-Encoding: base64\n\nSGVsbG8g\nd29ybGQ=\n\nAdded by a list!\n").new_text == "Hello world"


def test_foreign_characters_within_base64_are_left_out() -> None:
    """RFC 2045 section 6.8."""
    words = "Where is my order 10422? I have been waiting for it since the third of May, and nobody answers."
    encoded = base64.b64encode(words.encode()).decode()
    broken = f"{encoded[:30]}!{encoded[30:60]}\n{encoded[60:90]}\x00,{encoded[90:]}"
    assert _body(f"Content-Transfer-Encoding: base64\n\n{broken}\n-- \nScanned by a scanner of mail\n").new_text == words


def test_a_boundary_that_begins_like_the_one_around_it_is_told_apart() -> None:
    inner = '--a--\nContent-Type: multipart/mixed; boundary="a----"\n\n--a----\n\nwords\n--a------\n'
    assert _body(f'Content-Type: multipart/mixed; boundary="a--"\n\n{inner}\n--a----\n').new_text == "words"


def test_html_that_is_too_long_is_cut_and_noted() -> None:
    notes = Notes()
    body = _body("Content-Type: text/html\n\n<p>Where is my order?</p>" + "<p>padding</p>" * 40_000, notes)
    assert body.new_text.startswith("Where is my order?")
    assert "a text was cut: it is too long" in notes.all()


def test_broken_quoted_printable_gives_what_can_be_saved() -> None:
    assert _body("Content-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe =ZZ so=\nft").new_text == "Grüße =ZZ soft"


def test_files_in_uuencode_leave_the_text() -> None:
    body = _body("Content-Type: text/plain\n\nHello\nbegin 644 a.txt\n#0V%T\n`\nend\nBye")
    assert "0V%T" not in body.new_text
    assert [(file.name, file.size) for file in body.attachments] == [("a.txt", 3)]


def test_flowed_text_has_its_paragraphs_joined() -> None:
    assert unflow("a \nb\n> c \n> d\n-- \ne") == "a b\n> c d\n-- \ne"
    assert unflow("ab \ncd", delsp=True) == "abcd"


def test_names_of_files_are_labels_only() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("a\0b\u202ec\n.pdf") == "abc.pdf"
    assert len(safe_name("a" * 4000 + ".pdf")) == 120
    assert safe_name("a" * 4000 + ".pdf").endswith(".pdf")


def test_depth_and_number_of_parts_are_limited() -> None:
    notes = Notes()
    nested = "".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n" for n in range(3000))
    _body(nested, notes)
    _body(_multipart("mixed", *([PLAIN] * 500)), notes)
    assert any("deep" in note for note in notes.all())
    assert any("first 200 parts" in note for note in notes.all())
