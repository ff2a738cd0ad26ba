"""The reader: mail is read in processes that may die, and that can reach nothing."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from responder.adapters.files import read_model_files
from responder.adapters.reader import WorkerReader
from responder.bootstrap.models import load_understander
from responder.domain.errors import ReaderGone, UnreadableMail
from responder.domain.reading import ReadingRules
from responder.intake.read_mail import read_mail

MODEL = Path(__file__).parents[2] / "models" / "default"
RULES = ReadingRules(frozenset({"service@shop.example"}), ("mx.shop.example",))
MAIL = (
    "Authentication-Results: mx.shop.example; dmarc=pass header.from=example.org\r\nMessage-ID: <1@example.org>\r\n"
    "From: Jürgen <anna@example.org>\r\nTo: service@shop.example\r\nSubject: Bestellung 1042\r\nDate: Tue, 10 Mar 2026 10:00:00 +0100\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nBitte an Lindenweg 4, 10115 Berlin liefern. 你好 \U0001f600\r\n"
).encode()


def make_reader(seconds: float = 10.0, size: int = 1) -> WorkerReader:
    return WorkerReader(read_model_files(MODEL), 0.02, size=size, seconds=seconds)


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkerReader]:
    reader = make_reader()
    yield reader
    reader.close()


def test_the_process_says_the_same_as_reading_here(reader: WorkerReader) -> None:
    here = load_understander(MODEL, 0.02)
    mail = read_mail(MAIL, RULES)
    there = reader.read(MAIL, RULES)
    assert there.mail == mail
    assert there.understanding.label == here.understand(mail).label
    assert there.understanding.details == here.understand(mail).details
    assert there.understanding.confidence == pytest.approx(here.understand(mail).confidence)
    assert there.mail.verified


def test_what_cannot_be_read_is_told_and_the_process_goes_on(reader: WorkerReader) -> None:
    with pytest.raises(UnreadableMail, match="empty"):
        reader.read(b"", RULES)
    assert reader.read(MAIL, RULES).mail.sender == "anna@example.org"


def test_what_a_mail_holds_beyond_its_text_comes_through(reader: WorkerReader) -> None:
    content = (
        b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<b>x</b><script>1</script>\r\n"
        b"--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\nbytes\r\n--b--\r\n"
    )
    assert reader.html(content).strip() == "<b>x</b>"
    assert reader.attachment(content, 0) == b"bytes"
    with pytest.raises(UnreadableMail, match="no attachment 2"):
        reader.attachment(content, 1)


def test_a_large_mail_goes_through(reader: WorkerReader) -> None:
    assert reader.read(MAIL + b"x" * 5_000_000, RULES).mail.sender == "anna@example.org"


def test_the_process_is_confined_wholly_where_the_tests_run(reader: WorkerReader) -> None:
    assert reader.confinement() == []


def test_a_process_that_dies_costs_one_mail() -> None:
    reader = make_reader()
    reader.read(MAIL, RULES)
    worker = reader._places.get()
    assert worker
    worker._process.kill()
    worker._process.wait()
    reader._places.put(worker)
    with pytest.raises(ReaderGone, match="ended the process"):
        reader.read(MAIL, RULES)
    assert reader.read(MAIL, RULES).mail.sender == "anna@example.org"
    reader.close()


def test_a_mail_that_takes_too_long_has_its_process_killed() -> None:
    reader = make_reader(seconds=0.0)
    with pytest.raises(ReaderGone, match="too long"):
        reader.read(MAIL, RULES)
    reader._seconds = 10.0
    assert reader.read(MAIL, RULES).mail.sender == "anna@example.org"
    reader.close()


def test_two_threads_have_a_process_each_and_closing_ends_both() -> None:
    reader = make_reader(size=2)
    with ThreadPoolExecutor(2) as pool:
        assert [reading.mail.sender for reading in pool.map(lambda _: reader.read(MAIL, RULES), range(8))] == ["anna@example.org"] * 8
    workers = [reader._places.get() for _ in range(2)]
    for worker in workers:
        reader._places.put(worker)
    reader.close()
    assert all(worker is None or worker._process.returncode is not None for worker in workers)


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.socket()",
        "open('/etc/passwd')",
        "open('/tmp/x', 'w')",
        "import os; os.unlink('/tmp/x')",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.kill(os.getppid(), 0)",
        "bytearray(5 * 1024**3)",
    ],
)
def test_a_confined_process_can_do_none_of_this(deed: str) -> None:
    script = (
        "import socket, os\nfrom responder.worker.confine import confine\nassert confine() == []\n"
        f"try:\n    {deed}\nexcept (PermissionError, MemoryError):\n    print('refused')\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert told.stdout == "refused\n", told.stderr


def test_no_secret_stands_in_the_environment_of_the_process(reader: WorkerReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAP_PASSWORD", "hunter2")
    fresh = make_reader()
    fresh.read(MAIL, RULES)
    worker = fresh._places.get()
    assert worker
    environment = Path(f"/proc/{worker._process.pid}/environ").read_bytes()
    worker.end()
    assert b"hunter2" not in environment
