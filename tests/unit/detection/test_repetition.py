"""What a site repeats under its articles is left out, and nothing that an article says itself."""

import pytest

from detection.examine import examine
from detection.repetition import without_repeated
from records.article import Neighbour
from records.finding import Document

BOX = "UN adopts cybercrime convention by 79 votes to 60"
FORMULA = "The draft resolution was then adopted without a vote."
BIOGRAPHY = "Ana Lima has written about courts, computers and the law for twenty years."
TITLES = (
    "Harbour opens after the storm",
    "Ministers meet in Geneva",
    "A new bridge for Lyon",
    "Teachers ask for more pay",
)


def about(number: int, *more: str) -> Neighbour:
    """One of a site's articles, each on something else."""
    own = f"Report {number} begins with what happened there, and it goes on to tell of its consequences in some detail."
    return Neighbour(TITLES[number], "\n".join([own, *more]))


def left(title: str, text: str, *around: Neighbour) -> tuple[list[str], int]:
    """The lines of a document that are left, and how many are not."""
    document, repeated = without_repeated(Document("own", text, title), around)
    assert len(document.text) == len(text)
    return [line for line in document.text.split("\n") if line.strip()], repeated


def test_what_stands_in_three_stories_is_left_out_and_offsets_hold() -> None:
    """Two stories may quote one another; three make it the site's. What is found is where it was."""
    text = f"Delegates went home on Saturday, glad of the result.\n{BOX}\n“We will sign it,” said Andrey Krutskikh."
    assert left("Delegates go home", text, about(0, BOX))[1] == 0
    kept, repeated = left("Delegates go home", text, about(0, BOX), about(1, BOX))
    assert (repeated, BOX in kept, len(kept)) == (1, False, 2)
    document, _ = without_repeated(Document("own", text, "Delegates go home"), [about(0, BOX), about(1, BOX)])
    found = examine(document)
    assert not found.votes
    for statement in found.statements:
        assert all(text[start:end] == document.text[start:end] for start, end in statement.spans)


def test_case_marks_and_spaces_do_not_hide_a_repetition() -> None:
    """A list's dash or a capital is no other line."""
    around = (about(0, f"– {BOX.upper()}"), about(1, BOX.replace(" ", "\u00a0")))
    assert left("Delegates go home", f"Delegates went home on Saturday, glad.\n{BOX}!", *around)[1] == 1


def test_an_article_keeps_what_others_repeat_of_it() -> None:
    """Its lead, quoted as a teaser, and the line that says what its title says, wherever it stands."""
    lead = "The General Assembly adopted a convention against cybercrime by 79 votes to 60 on Friday evening."
    rest = "Diplomats embraced each other in the hall and then left it for the holidays of the season."
    around = (about(0, lead, BOX), about(1, lead, BOX), about(2, lead, BOX))
    assert left("A late night in New York", f"{lead}\n{rest}", *around)[1] == 0
    assert left(BOX, f"{rest}\n{lead}\n{BOX}", *around)[0] == [rest, lead, BOX]
    assert left("A late night in New York", f"{rest}\n{lead}", *around)[1] == 1


def test_a_story_that_is_brought_up_to_date_is_one() -> None:
    """Three addresses of it, each longer than the one before, are no three stories; nor is one text."""
    lines = [
        f"{place} paragraph of the report on the cybercrime convention of the UN." for place in ("First", "Second")
    ]
    text = "\n".join([*lines, "Third paragraph, which only the last of them has, with the vote."])
    updates = [Neighbour(f"UPDATE {n}-UN adopts cybercrime treaty", "\n".join(lines)) for n in (1, 2, 3)]
    assert left("UN adopts cybercrime treaty, Russia pleased", text, *updates)[1] == 0
    copies = [Neighbour(title, text) for title in TITLES]
    assert left("UN adopts cybercrime treaty", text, *copies)[1] == 0


@pytest.mark.parametrize("line", [FORMULA, BIOGRAPHY])
def test_what_names_no_topic_must_stand_in_half_of_all_stories(line: str) -> None:
    """A formula of unlike meetings stays; what stands under nearly everything goes."""
    text = f"The committee met on Friday for the last time this year.\n{line}"
    few = [
        about(0, line),
        about(1, line),
        *(Neighbour(f"Other matter {n}", f"It was day {n}, and others spoke of {n} more things.") for n in range(9)),
    ]
    assert left("The committee's last day", text, *few)[1] == 0
    assert left("The committee's last day", text, about(0, line), about(1, line), about(2))[1] == 1


def test_a_banner_that_opens_every_article_is_left_out() -> None:
    """Opening one's article is no protection when it opens the others too."""
    around = [Neighbour(TITLES[n], f"{BOX}\n{about(n).text}") for n in range(3)]
    assert left("Delegates go home", f"{BOX}\nDelegates went home on Saturday, glad of it.", *around)[1] == 1


def test_chinese_is_counted_by_letters() -> None:
    """A script without spaces has lines to repeat, too."""
    box = "联合国大会以79票赞成、60票反对通过网络犯罪公约"
    around = (about(0, box), about(1, box))
    assert (
        left("代表们回家了", f"代表们星期六回家了，大家都很高兴，会议在日内瓦举行了两个星期。\n{box}", *around)[1] == 1
    )
