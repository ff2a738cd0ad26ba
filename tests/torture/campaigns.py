"""What is done to the program, campaign after campaign; each gives the checker's verdict.

In:   a lane, how much of it is done, and how the program is broken beforehand, if it is.
Out:  Verdicts with counts of what was done.
Standards: RFC 9051 section 2.3.1.1 (UIDVALIDITY), RFC 7489 (dmarc=fail).
"""

import os
import shutil
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Literal

from tests.torture.checker import Verdict
from tests.torture.lane import Lane, Shop
from tests.torture.points import ALL, STRIKES, Doors, Strike
from tests.torture.program import Breakage

KILLS_PER_SHOP = 100
AT_ONCE = 0.02
SLOW = 0.05
MOODY = 0.03


def random_kills(lane: Lane, kills: int, breakage: Breakage | None = None) -> Verdict:
    """Kill the program at random moments; a third of the kills hit the start that follows a kill, at once."""
    verdict, done = Verdict(), 0
    lane.sink.tell(slow=SLOW, moody=0.0 if breakage else MOODY)
    while done < kills:
        shop = lane.shop()
        shop.breakage = breakage
        whole = _ordinary_run(shop)
        for _ in range(min(KILLS_PER_SHOP, kills - done)):
            if lane.chance.random() < 0.6:
                shop.arrive(lane.chance.choice(("where", "cancel")))
            done += _killed(lane, shop, whole, verdict)
        lane.sink.tell(slow=0.0, moody=0.0)
        shop.settle_down()
        lane.sink.tell(slow=SLOW, moody=0.0 if breakage else MOODY)
        verdict.add(shop.verdict())
    lane.sink.tell(slow=0.0, moody=0.0)
    verdict.counts["kills"] = done
    return verdict


def _ordinary_run(shop: Shop) -> float:
    shop.arrive("where")
    began = time.monotonic()
    shop.run()
    return time.monotonic() - began


def _killed(lane: Lane, shop: Shop, whole: float, verdict: Verdict) -> bool:
    double = lane.chance.random() < 1 / 3
    killed = shop.kill_after(lane.chance.uniform(0, AT_ONCE if double else whole))
    verdict.counts["double kills"] += double and killed
    return killed


def renumbering(lane: Lane, handled: int, new: int, breakage: Breakage | None = None) -> Verdict:
    """Number a mailbox anew in which many mails are handled and some are not; each of the latter must be handled."""
    shop = lane.shop(file_sent=False)
    shop.breakage = breakage
    for _ in range(handled):
        shop.arrive("where")
    shop.run(patience=60)
    for _ in range(new):
        shop.arrive("where")
    # The server gives its numbers to what has arrived before it is made to forget them.
    shop.look()
    lane.dovecot.renumber(shop.user)
    shop.settle_down()
    verdict = shop.verdict()
    verdict.counts.update({"handled before": handled, "new": new})
    return verdict


def forged_senders(lane: Lane, mails: int, breakage: Breakage | None = None) -> Verdict:
    """Let mail with forged senders arrive, each from another address."""
    shop = lane.shop(file_sent=False)
    shop.breakage = breakage
    for _ in range(mails):
        shop.arrive("where", forged=True)
    shop.run(patience=60)
    shop.run()
    verdict = shop.verdict()
    verdict.counts["forged"] = mails
    return verdict


def rolled_back(lane: Lane, times: int, breakage: Breakage | None = None) -> Verdict:
    """Put an earlier copy of the database back after mails have been answered."""
    verdict = Verdict()
    for _ in range(times):
        shop = lane.shop(file_sent=False)
        shop.breakage = breakage
        copy = shop.folder / "backup.sqlite3"
        _answer(shop, 3)
        with closing(sqlite3.connect(shop.database)) as books, closing(sqlite3.connect(copy)) as kept:
            books.backup(kept)
        _answer(shop, 3)
        for path in shop.folder.glob("responder.sqlite3-*"):
            path.unlink()
        shutil.copyfile(copy, shop.database)
        shop.settle_down()
        found = shop.verdict()
        # Books that were put back cannot know what left after the copy was made; that it does not leave again is what counts.
        found.violations = [each for each in found.violations if not each.startswith("not in the books")]
        verdict.add(found)
    verdict.counts["restored"] = times
    return verdict


def _answer(shop: Shop, mails: int) -> None:
    for _ in range(mails):
        shop.arrive("where")
    shop.run()


def every_point(lane: Lane, points: tuple[str, ...] = ALL, strikes: tuple[Strike, ...] = STRIKES) -> Verdict:
    """Strike at each named point in turn, in a story that passes all of them; a point that is never passed is a violation."""
    verdict = Verdict()
    for point in points:
        for strike in strikes:
            shop = lane.shop()
            struck = shop.folder / "struck"
            story(shop, Doors(strike=strike, at=point, struck=struck))
            if not struck.exists():
                verdict.violations.append(f"rig: {point} was not reached")
            found = shop.verdict()
            found.violations = [f"{strike} {point}: {each}" for each in found.violations]
            verdict.add(found)
            verdict.counts[strike] += 1
    verdict.counts["points"] = len(points)
    return verdict


def after_the_answer(lane: Lane, breakage: Breakage | None = None) -> Verdict:
    """Kill the program between the server's 250 and the note of it."""
    shop = lane.shop()
    shop.breakage = breakage
    shop.arrive("where")
    _step(shop, Doors(strike="KILL", at="after smtp.answer", struck=shop.folder / "struck"))
    shop.settle_down()
    return shop.verdict()


def all_points_passed(lane: Lane) -> Verdict:
    """Go through the story undisturbed; every named point must be passed."""
    shop = lane.shop()
    passed = shop.folder / "passed"
    story(shop, Doors(passed=passed))
    verdict = shop.verdict()
    verdict.violations += [f"rig: {point} was not passed" for point in sorted(set(ALL) - set(passed.read_text().split("\n")))]
    verdict.counts["points"] = len(ALL)
    return verdict


def story(shop: Shop, doors: Doors | None) -> None:
    """Lead a shop through all that can happen: both kinds of mail, a book that is away, a slow desk, a busy server, news of an order."""
    book, slow = shop.folder / "book", shop.folder / "slow"
    shop.arrive("where")
    shop.arrive("cancel")
    book.write_text("away")
    _step(shop, doors)
    book.write_text("")
    slow.touch()
    shop.lane.sink.tell(answers={"RCPT": "451 later"})
    _step(shop, doors)
    shop.lane.sink.tell(answers={})
    slow.unlink()
    book.write_text("delivered")
    shop.ahead += timedelta(minutes=10)
    _step(shop, doors)
    _step(shop, doors)
    shop.settle_down()


def _step(shop: Shop, doors: Doors | None) -> None:
    """Run once, and once more where the run was struck down; a strike counts as a crash, however the program took it."""
    struck = doors.struck if doors else None
    before = struck is not None and struck.exists()
    ended_badly = shop.run(doors) != 0
    shop.crashes += struck is not None and struck.exists() and not before
    if ended_badly:
        shop.run(doors)


Way = Literal["imap", "smtp"]
SHORT = 0.2


def every_byte(lane: Lane, way: Way, every: int) -> Verdict:
    """Cut, reset and stall one connection after every so many bytes, in either direction, each time with a new mail to answer."""
    proxy = lane.imap_proxy if way == "imap" else lane.smtp_proxy
    verdict, shop = Verdict(), lane.shop(proxied=True, file_sent=False)
    _answer(shop, 1)
    lengths = proxy.tell()
    for side, length in lengths.items():
        for after in range(0, length, every):
            for mode in ("cut", "reset", "stall"):
                shop.arrive("where")
                proxy.tell(side=side, after=after, mode=mode)
                shop.run(patience=SHORT)
                proxy.tell(mode="")
                # A lost answer to the dot is held as after a crash.
                shop.crashes += way == "smtp"
                verdict.counts[f"{way} {mode}"] += 1
        shop.settle_down()
    verdict.add(shop.verdict())
    verdict.counts.update({f"{way} bytes": sum(lengths.values())})
    return verdict


def clock_steps(lane: Lane, steps: int) -> Verdict:
    """Put the program's clock days forward and back between starts."""
    shop = lane.shop(file_sent=False)
    for _ in range(steps):
        shop.arrive("where")
        shop.ahead = timedelta(hours=lane.chance.uniform(-72, 72))
        shop.run()
    shop.ahead = timedelta(hours=72)
    shop.settle_down()
    verdict = shop.verdict()
    verdict.counts["steps"] = steps
    return verdict


def full_disk(lane: Lane, times: int) -> Verdict:
    """Let the database's disk run full at different moments, and make room again."""
    place = lane.folder / "small"
    place.mkdir(exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], capture_output=True, check=False).returncode:
        return Verdict(counts=Counter({"not allowed to mount: left out": 1}))
    try:
        return _filled(lane, place, times)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def _filled(lane: Lane, place: Path, times: int) -> Verdict:
    shop = lane.shop(file_sent=False, folder=place)
    for number in range(times):
        shop.arrive("where")
        room = os.statvfs(place)
        (place / "filler").write_bytes(bytes(max(0, room.f_bavail * room.f_bsize - number * 4096)))
        shop.crashes += shop.run() != 0
        (place / "filler").unlink()
        shop.run()
    shop.settle_down()
    verdict = shop.verdict()
    verdict.counts["full disks"] = times
    return verdict
