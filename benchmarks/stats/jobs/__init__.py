"""Every job: what is timed, against whom, and the goal. A method takes the folder and returns what is timed."""

from . import curves, layers, months, servers, shares
from .job import Job

JOBS: dict[str, Job] = shares.JOBS | layers.JOBS | curves.JOBS | months.JOBS | servers.JOBS
__all__ = ["JOBS", "Job"]
