"""Every quarter of an hour: crawl, detect, index, alert. Each is the command in a child process; no logic here."""

from datetime import UTC, datetime, timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from watch.scheduling import MONITOR_SCHEDULE, report_failure, run_command

RETRIES = {"retries": 2, "retry_delay": timedelta(minutes=1)}


@dag(
    schedule=CronTriggerTimetable(MONITOR_SCHEDULE, timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=RETRIES,
    on_failure_callback=report_failure,
    tags=["convention-watch"],
)
def monitor() -> None:
    """One pass, from the sources to the mails."""

    @task(execution_timeout=timedelta(minutes=45))
    def crawl() -> None:
        run_command("crawl", "--due", "--json")

    # What is in the ledger already must not wait for a crawl that failed.
    @task(trigger_rule="all_done", execution_timeout=timedelta(minutes=30))
    def detect() -> None:
        run_command("detect", "--json")

    @task(trigger_rule="all_done", execution_timeout=timedelta(minutes=15))
    def index() -> None:
        run_command("index", "--json")

    @task(trigger_rule="all_done", execution_timeout=timedelta(minutes=30))
    def alert() -> None:
        run_command("alert", "--json")

    # Airflow judges a run by its last tasks alone; this one is skipped unless an earlier one failed.
    @task(trigger_rule="one_failed", retries=0)
    def fail() -> None:
        raise RuntimeError("a task of this run failed")

    stages = [crawl(), detect(), index(), alert()]
    stages[0] >> stages[1] >> stages[2:]
    stages >> fail()


monitor()
