"""What the standards ask of the envelope in which a reply leaves: see docs/conformance.md."""

from collections.abc import Callable

from responder.adapters.courier import SmtpAccount, SmtpCourier
from tests.rig.proxy import Proxy
from tests.rig.smtp_sink import SmtpSink


def test_the_envelope_names_one_sender_and_one_recipient_without_parameters(make_sink: Callable[..., SmtpSink]) -> None:
    """RFC 3461 section 4: parameters of DSN are only for servers that offer it; we use none."""
    sink = make_sink()
    with Proxy(sink.port) as proxy:
        courier = SmtpCourier(SmtpAccount("127.0.0.1", proxy.port, "plain", "", lambda: "", timeout_seconds=5))
        content = b"To: anna@example.org\r\nCc: bob@example.org\r\n\r\nHello\r\n"
        assert courier.deliver(content, "service@example.com", "anna@example.org", lambda: True).outcome == "sent"
        courier.close()
    said = [line for line in bytes(proxy.written).upper().split(b"\r\n") if line.startswith((b"MAIL", b"RCPT"))]
    # SIZE (RFC 1870) is only told to a server that offers it.
    assert said[0].partition(b" SIZE=")[0] == b"MAIL FROM:<SERVICE@EXAMPLE.COM>"
    assert said[1:] == [b"RCPT TO:<ANNA@EXAMPLE.ORG>"]
