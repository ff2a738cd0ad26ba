"""Read what the receiving server found out about a sender.

In:   the fields of a head, the names of the servers that we believe, the domain of From.
Out:  the verdicts by method, and whether they prove the sender's domain.
Standards: RFC 8601 (Authentication-Results; sections 2.2 for the grammar, 5 and 7.1 for whom to believe), RFC 7489 (DMARC).
Limits: only the topmost unbroken block of fields of our own server is believed; below it anybody may have written anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from responder.intake.headers import Fields, split_head, unfolded
from responder.intake.limits import Notes

_FIELD = "authentication-results"
_METHODS = frozenset(("dmarc", "dkim", "spf", "arc", "compauth", "iprev", "auth"))
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_RESULT = re.compile(r"([a-z][a-z0-9-]{0,30})(?:/\d{1,3})?\s*=\s*([a-z]{2,20})", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z]{2,20}\.[a-z0-9_-]{1,30}|action|reason)\s*=\s*(?:\"([^\"]*)\"|([^\s;]+))", re.IGNORECASE)
_SECOND_LEVEL = frozenset("ac co com edu gob gov net nom or org go ne sch gen ltd plc me mil nhs".split())


@dataclass(frozen=True, slots=True)
class Findings:
    """What the server found: verdicts by method, and whether the domain of From is proven."""

    verdicts: dict[str, str]
    verified: bool


@dataclass(frozen=True, slots=True)
class _Result:
    method: str
    verdict: str
    properties: dict[str, str]


def authenticate(fields: Fields, believed: Sequence[str], domain: str) -> Findings:
    """Read the results of the servers in `believed` for the domain of From."""
    results = [result for value in _own_block(fields, {each.lower() for each in believed}) for result in _results(value)]
    verdicts: dict[str, str] = {}
    for result in results:
        # Of several signatures (RFC 8601 section 2.7.1) the best one counts; of anything else the topmost.
        if result.method not in verdicts or (result.method == "dkim" and result.verdict == "pass"):
            verdicts[result.method] = result.verdict
    return Findings(verdicts, bool(domain) and _proves(results, verdicts, domain.lower()))


def authserv_ids_seen(content: bytes) -> tuple[str, ...]:
    """Give the names of servers in a mail's Authentication-Results, from the top; the first is usually one's own."""
    fields, _ = split_head(content, Notes())
    names = (_authserv_id(unfolded(value)) for value in fields.all(_FIELD))
    return tuple(dict.fromkeys(name for name in names if name))


def _own_block(fields: Fields, believed: set[str]) -> Iterator[str]:
    """Give the topmost unbroken block of fields that our server wrote (RFC 8601 section 5)."""
    started = False
    for name, value in fields:
        line = unfolded(value)
        if name == _FIELD and _authserv_id(line) in believed:
            started = True
            yield line
        elif started or (name == _FIELD and believed and _authserv_id(line) not in believed):
            return


def _authserv_id(line: str) -> str:
    head = _COMMENT.sub(" ", line.partition(";")[0]).split()
    # Microsoft 365 writes results without a name before them.
    return head[0].lower() if head and "=" not in head[0] else ""


def _results(line: str) -> Iterator[_Result]:
    bare = line
    for _ in range(5):
        bare, count = _COMMENT.subn(" ", bare)
        if not count:
            break
    for clause in bare.split(";"):
        if (found := _RESULT.match(clause.strip())) and found[1].lower() in _METHODS:
            properties = {match[1].lower(): (match[2] or match[3] or "").lower() for match in _PROPERTY.finditer(clause)}
            yield _Result(found[1].lower(), found[2].lower(), properties)


def _proves(results: list[_Result], verdicts: dict[str, str], domain: str) -> bool:
    if "dmarc" in verdicts:
        dmarc = [result for result in results if result.method == "dmarc"]
        return all(result.verdict == "pass" for result in dmarc) and any(
            _bare(result.properties.get("header.from", "")) == domain for result in dmarc
        )
    return any(
        result.method == "dkim" and result.verdict == "pass" and _is_parent(_bare(result.properties.get("header.d", "")), domain)
        for result in results
    )


def _bare(domain: str) -> str:
    return domain.rpartition("@")[2].strip("<>.")


def _is_parent(signer: str, domain: str) -> bool:
    """Tell whether a signer is the domain or its organisational parent (relaxed alignment, RFC 7489 section 3.1.1)."""
    if not signer or signer == domain:
        return bool(signer)
    labels = signer.split(".")
    # A public suffix signs for nobody: of two labels, the first must not be one like `co` in `co.uk`.
    registrable = len(labels) > 2 or (len(labels) == 2 and not (labels[0] in _SECOND_LEVEL and len(labels[1]) == 2))
    return registrable and domain.endswith("." + signer)
