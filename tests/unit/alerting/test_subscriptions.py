"""The subscription file is read whole or refused with the place, the key and the nearest right word."""

from pathlib import Path

import pytest

from alerting.subscriptions import load_subscriptions
from records.alert import Subscription
from records.errors import ConfigurationError


def write(folder: Path, text: str) -> Path:
    """A subscription file with this text."""
    path = folder / "subscriptions.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_nobody_is_told() -> None:
    """No file is no subscription."""
    assert load_subscriptions(None) == ()


def test_an_empty_file_is_no_subscription(tmp_path: Path) -> None:
    """A file of comments alone is allowed."""
    assert load_subscriptions(write(tmp_path, "# nobody yet\n")) == ()


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    """All keys are taken over as written, and what is not given keeps its default."""
    path = write(
        tmp_path,
        """
- name: everything
  to: a@example.org
  kinds: [vote, statement, milestone]
- name: some
  to: b@example.org
  kinds: [statement]
  delivery: daily
  languages: [en, ru]
  states: [Russian Federation, Viet Nam, European Union]
  speakers: [Krutskikh]
  min_publishers: 2
  milestones: [session]
""",
    )
    everything, some = load_subscriptions(path)
    assert everything == Subscription("everything", "a@example.org", ("vote", "statement", "milestone"))
    assert some == Subscription(
        "some", "b@example.org", ("statement",), "daily", ("en", "ru"),
        ("Russia", "Vietnam", "European Union"), ("Krutskikh",), 2, ("session",),
    )  # fmt: skip


ONE = "- {name: x, to: a@example.org, kinds: [vote]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {name: x, to: a@example.org, kind: [vote]}", "unknown key 'kind'; did you mean 'kinds'?"),
        ("- {name: x, to: a@example.org, kind: [vote]}", "kinds: is missing"),
        ("- {name: x, too: a@example.org, kinds: [vote]}", "unknown key 'too'; did you mean 'to'?"),
        (ONE + ", deliver: daily}", "unknown key 'deliver'; did you mean 'delivery'?"),
        (ONE + ", delivery: dayly}", "'dayly' is unknown; did you mean 'daily'?"),
        (ONE + ", zzz: 1}", "unknown key 'zzz'; known are name, to, kinds"),
        ("- {name: x, to: a@example.org, kinds: [votes]}", "'votes' is unknown; did you mean 'vote'?"),
        ("- {name: x, to: a@example.org, kinds: [zzz]}", "known are vote, statement, milestone"),
        ("- {name: x, to: a@example.org, kinds: []}", "kinds: "),
        ("- {name: x, to: a@example.org, kinds: vote}", "kinds: "),
        (ONE + ", milestones: [signatur]}", "did you mean 'signature'?"),
        (ONE + ", languages: [english]}", "'english' is unknown: it is not an ISO 639-1 code; did you mean 'en'?"),
        (ONE + ", languages: []}", "languages: "),
        (ONE + ", states: [Rusia]}", "states.0: 'Rusia' is not the English name of a state; did you mean 'Russia'?"),
        (ONE + ", states: [Russia and China]}", "is not the English name of a state"),
        (ONE + ", states: [7]}", "is not the English name of a state"),
        (ONE + ", min_publishers: 0}", "min_publishers: "),
        (ONE + ", min_publishers: two}", "min_publishers: "),
        (ONE + ", min_publishers: true}", "min_publishers: "),
        ("- {name: x, to: nobody, kinds: [vote]}", "to: 'nobody' is not an e-mail address"),
        ("- {name: x, to: 'a@', kinds: [vote]}", "is not an e-mail address"),
        ("- {name: x, to: 'a@b.org, c@d.org', kinds: [vote]}", "is not an e-mail address"),
        ("- {name: x, to: 'A <a@b.org>', kinds: [vote]}", "is not an e-mail address"),
        ('- {name: x, to: "a@b.org\\r\\nBcc: c@d.org", kinds: [vote]}', "is not an e-mail address"),
        ("- {name: x, to: [a@b.org, c@d.org], kinds: [vote]}", "several subscriptions"),
        ("- {name: 7, to: a@example.org, kinds: [vote]}", "name: "),
        ("- just a line", "subscription 1: must be a mapping"),
        ("name: x", "must be a list of subscriptions"),
        ("- {name: x", "is not YAML"),
        (f"{ONE}}}\n{ONE}}}", "subscription 2 (x): name: is used twice for a@example.org"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_nearest_word(tmp_path: Path, text: str, said: str) -> None:
    """Each mistake is refused with the file, what is wrong, and what may have been meant."""
    path = write(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        load_subscriptions(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """A file with three mistakes gives three lines."""
    path = write(tmp_path, f"{ONE}, a: 1}}\n- {{name: y, to: z, kinds: [vote]}}\n- {{name: w, to: w@example.org}}")
    with pytest.raises(ConfigurationError) as caught:
        load_subscriptions(path)
    assert [line.split(": ")[1] for line in str(caught.value).splitlines()] == [
        "subscription 1 (x)",
        "subscription 2 (y)",
        "subscription 3 (w)",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is a configuration error, not a crash."""
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_subscriptions(tmp_path / "none.yml")
