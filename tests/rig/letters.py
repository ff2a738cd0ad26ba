"""Look into letters that have left."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


def text_of(letter: bytes | EmailMessage) -> str:
    """Give the text of a letter, as the text part has it."""
    message = message_from_bytes(letter, policy=default) if isinstance(letter, bytes) else letter
    part = message.get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")
