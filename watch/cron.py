"""The five fields of cron that the schedule takes: checked before Airflow sees them, which tells only much later."""

import re

FIELDS = {"minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "weekday": (0, 7)}
_PART = re.compile(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?")


def cron_schedule(value: str) -> str:
    """Return five fields of cron in numbers, as they are; ValueError names the field that is wrong."""
    fields = value.split()
    if len(fields) != len(FIELDS):
        raise ValueError(f"is not five fields of cron, such as */15 * * * *: {value!r} has {len(fields)}")
    for (name, (least, most)), field in zip(FIELDS.items(), fields, strict=True):
        for part in field.split(","):
            _check(part, name, least, most)
    return value


def _check(part: str, name: str, least: int, most: int) -> None:
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f"is not cron: its {name} {part!r} is neither *, a number, a range nor a step such as */15")
    first, last, step = (None if group is None else int(group) for group in found.groups())
    if any(number is not None and not least <= number <= most for number in (first, last)):
        raise ValueError(f"is not cron: its {name} {part!r} is not between {least} and {most}")
    if first is not None and last is not None and first > last:
        raise ValueError(f"is not cron: its {name} {part!r} ends before it begins")
    if step is not None and not 1 <= step <= most:
        raise ValueError(f"is not cron: the step of its {name} {part!r} is not between 1 and {most}")
