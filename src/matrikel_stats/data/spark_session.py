"""A session of Spark, started or borrowed, asked in the way a connection is."""

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matrikel_stats.problems import StatsError, problem

from .files import first_line

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Faults instead of silent nulls, and no day moved by where a machine stands.
_SETTINGS = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}


@dataclass(frozen=True)
class Answer:
    """The rows of a statement."""

    rows: list[tuple[Any, ...]]

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return self.rows[0] if self.rows else None


class Session:
    """Views and settings of its own beside those of the given session; tables and machines are shared."""

    def __init__(self, spark: "SparkSession", stops: bool) -> None:
        self._given, self._stops = spark, stops
        self.spark = spark.newSession()
        for setting, value in _SETTINGS.items():
            self.spark.conf.set(setting, value)

    def execute(self, sql: str) -> Answer:
        """Run a statement in Spark's words."""
        return Answer([tuple(row) for row in self.spark.sql(sql).collect()])

    def close(self) -> None:
        """Stop Spark, if it was started here."""
        if self._stops:
            self._given.stop()


def session(spark: "SparkSession | str") -> Session:
    """Return a session beside the given one, or on a Spark started for it. Raises StatsError with the remedy."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise StatsError([problem("spark_missing", "pyspark")]) from None
    if not isinstance(spark, str):
        return Session(spark, stops=False)
    running = SparkSession.getActiveSession()
    if running is not None:
        return Session(running, stops=False)
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=f"{home}/bin" if home else None) is None:
        raise StatsError([problem("java_missing", spark)])
    try:
        return Session(_started(spark), stops=True)
    except Exception as error:
        # Py4J, PySpark and the JVM each have their own sort of error for a master that cannot be reached.
        raise StatsError([problem("spark_unreachable", spark, reason=first_line(error))]) from None


def _started(master: str) -> "SparkSession":
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("matrikel-stats")
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    if master.startswith("local"):
        # One machine: nothing listens beyond it, and two hundred parts for each step would only cost time.
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings |= {"spark.sql.shuffle.partitions": str(os.cpu_count() or 1)}
    for setting, value in settings.items():
        builder = builder.config(setting, value)
    return builder.getOrCreate()
