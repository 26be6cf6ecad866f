"""Spark for the tests that count with it: one session for all of them, started only where it was asked for."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stats.roads import MASTER


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A small cluster: a driver and executors in processes of their own, which share nothing but the folder they read.

    Quick to start and short of memory, since two cores carry it all.
    """

    if MASTER is None:
        yield None
        return
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    # Executors are started from here: another Spark on the machine would not understand this driver.
    os.environ.pop("SPARK_HOME", None)
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.driver.host": "127.0.0.1",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.executor.memory": "512m",
        "spark.log.level": "ERROR",
        # Planning anew after every step, and compiling each, take far longer than these few rows.
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(MASTER)
    for setting, value in settings.items():
        builder = builder.config(setting, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
