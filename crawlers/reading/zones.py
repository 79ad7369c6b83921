"""Names of time zones as feeds and pages write them: hours from UTC, and whether the name is unambiguous."""

from datetime import timedelta

_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "МСК": 3, "MSD": 4, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "PHT": 8,
    "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EAT": 3, "CAT": 2,
    "SAST": 2, "WAT": 1, "PKT": 5, "NPT": 5.75, "IRST": 3.5, "BRT": -3, "ART": -3, "CLT": -4, "TRT": 3,
}  # fmt: skip
_COMMONEST = {"BST": 1, "IST": 5.5, "CST": -6, "AST": -4, "GST": 4}  # two or more places use each of these


def zone_offset(name: str) -> tuple[timedelta, bool] | None:
    """Return the offset from UTC that a zone's name means, and whether it can mean no other; None when unknown."""
    name = name.upper()
    if name in _HOURS:
        return timedelta(hours=_HOURS[name]), True
    if name in _COMMONEST:
        return timedelta(hours=_COMMONEST[name]), False
    return None
