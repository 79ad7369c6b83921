"""Every hour: the daily digests that are due. Each recipient gets at most one in 24 hours, whenever this runs."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from watch.scheduling import report_failure, run_command


@dag(
    schedule=CronTriggerTimetable("7 * * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=1)},
    on_failure_callback=report_failure,
    tags=["convention-watch"],
)
def digest() -> None:
    """The digests that are due."""

    @task(execution_timeout=timedelta(minutes=30))
    def send() -> None:
        run_command("digest", "--json")

    send()


digest()
