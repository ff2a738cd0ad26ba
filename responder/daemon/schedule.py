"""Run jobs at intervals until a stop is asked for.

Source: APScheduler 3.11 with its memory job store: the schedule follows from the configuration and is made anew at each start.
Limits: a job never runs beside itself; runs that were missed are made up by one.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work and how often it is done, in seconds."""

    name: str
    work: Callable[[], object]
    every: float


def run_until(stop: threading.Event, jobs: Sequence[Job], now: datetime) -> None:
    """Run the jobs, each at once and then at its interval, until `stop` is set; what runs then is waited for."""
    # "maximum number of running instances reached" is how overlap is kept out, and no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(len(jobs))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in jobs:
        scheduler.add_job(job.work, "interval", seconds=job.every, id=job.name, name=job.name, next_run_time=now)
    scheduler.start()
    stop.wait()
    log.info("stopping: what is in flight is ended first")
    scheduler.shutdown(wait=True)
