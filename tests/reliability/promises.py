"""Every promise that is tried here, by name: a function of a seed and the form (short or long) that says what it saw.

Each returns a JSON object whose ``held`` is True when the promise was kept.
"""

from collections.abc import Callable
from typing import Any

from tests.reliability import (
    airflow_kills,
    beside,
    bombs,
    cluster_faults,
    compiled,
    disks,
    events,
    faults,
    kills,
    laggards,
    migrations,
    mutants,
    nasty,
    outage,
    overlap,
    rebuilds,
    replayed,
    stories,
)

PROMISES: dict[str, Callable[[int, bool], dict[str, Any]]] = {
    "kill-at-failpoints": kills.at_failpoints,
    "kill-at-random": kills.at_random,
    "airflow-kills": airflow_kills.killed,
    "overlap-sqlite": overlap.on_sqlite,
    "overlap-postgresql": overlap.on_postgresql,
    "mail-faults": faults.of_the_mail_server,
    "index-faults": faults.of_the_index,
    "index-faults-elasticsearch": cluster_faults.of_the_cluster,
    "outage": outage.both_down_for_a_day,
    "old-feed": replayed.an_old_feed,
    "stories": stories.cases,
    "events": events.pairs,
    "remarks": events.remarks,
    "nasty-strings": nasty.told,
    "migrations": migrations.down_and_up,
    "mutants-of-feeds": mutants.of_feeds,
    "mutants-of-pages": mutants.of_pages,
    "index-kills-embedded": rebuilds.of_the_built_in_index,
    "index-kills-elasticsearch": rebuilds.on_elasticsearch,
    "beside-the-hostile": beside.twenty_good,
    "one-beside-laggards": laggards.one_beside_laggards,
    "bombs": bombs.read,
    "full-disk": disks.full_disk,
    "copies": disks.copies_under_load,
    "compiled": compiled.says_the_same,
}
