"""Run jobs at intervals until a stop is asked for.

Source: APScheduler 3.11 with its memory job store: the schedule follows from the configuration and is made anew at each start.
Limits: a job never runs beside itself; runs that were missed are made up by one.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work and how often it is done, in seconds."""

    name: str
    work: Callable[[], object]
    every: float


def run_until(stop: threading.Event, jobs: Sequence[Job], now: datetime) -> bool:
    """Run the jobs, each at once and then at its interval, until `stop` is set; what runs then is waited for.

    An error that a job does not deal with itself (the disk, the database, a mistake of ours) ends all: nothing goes on with what may be
    broken, and the service manager starts anew. Tells whether it ended without one.
    """
    broken = threading.Event()

    def end(event: JobExecutionEvent) -> None:
        log.critical("%s: %s: %s; the program ends", event.job_id, type(event.exception).__name__, event.exception)
        broken.set()
        stop.set()

    # "maximum number of running instances reached" is how overlap is kept out, and no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(len(jobs))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in jobs:
        scheduler.add_job(job.work, "interval", seconds=job.every, id=job.name, name=job.name, next_run_time=now)
    scheduler.add_listener(end, EVENT_JOB_ERROR)
    scheduler.start()
    stop.wait()
    log.info("stopping: what is in flight is ended first")
    scheduler.shutdown(wait=True)
    return not broken.is_set()
