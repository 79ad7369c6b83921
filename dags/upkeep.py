"""Every night: whether all parts can be used, and whether the index holds what the ledger holds."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from watch.scheduling import report_failure, run_command


@dag(
    schedule=CronTriggerTimetable("37 3 * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=10)},
    on_failure_callback=report_failure,
    tags=["convention-watch"],
)
def upkeep() -> None:
    """The nightly examination; the operator is told when it fails."""

    @task(execution_timeout=timedelta(minutes=10))
    def examine_parts() -> None:
        run_command("doctor", "--json")

    @task(execution_timeout=timedelta(hours=1))
    def verify_index() -> None:
        run_command("index", "--verify", "--json")

    examine_parts()
    verify_index()


upkeep()
