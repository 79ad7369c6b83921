"""Articles written by the yard: the same seed gives the same text. Plain English, with or without the topic."""

import random

PEOPLE = ("Ana Morel", "Tomas Vell", "Ruth Okoye", "Li Fan", "Per Aas", "Dina Sorel", "Ivo Hart", "Mei Tan")
OFFICES = ("harbour master", "chief engineer", "mayor", "head of the school board", "director of the museum")
SUBJECTS = (
    "The council",
    "A cooperative",
    "The port",
    "The railway",
    "A team of divers",
    "The orchestra",
    "The weather office",
)
VERBS = ("opened", "repaired", "counted", "measured", "sold", "painted", "moved", "closed", "described", "lost")
OBJECTS = (
    "the old bridge",
    "two ferries",
    "a row of lime trees",
    "the winter stores",
    "eleven lighthouses",
    "the archive",
)
PLACES = ("by the river", "near the market", "in the northern valley", "on the island", "outside the walls")
TIMES = ("last week", "before the storm", "at the end of the month", "for the first time in ten years", "on Tuesday")

TOPIC_LEADS = (
    "Delegates returned on Monday to the United Nations convention against cybercrime.",
    "The UN cybercrime treaty was again on the agenda of the ad hoc committee.",
    "States have begun to prepare for the UN Convention against Cybercrime.",
)
TOPIC_SENTENCES = (
    "{person}, who speaks for the {group}, said that the convention must not be used against researchers.",
    "“We need a treaty that works across borders,” {person} told reporters.",
    "The General Assembly set up the committee in December 2019 by 79 votes to 60, with 33 abstentions.",
    "{person} warned that the text leaves the sharing of electronic evidence to each state.",
    "The convention enters into force ninety days after the fortieth ratification.",
    "The delegation of Chile noted that training matters more than new offences.",
)
GROUPS = ("civil society group", "industry group", "African Group", "secretariat")


def write_article(number: int, *, on_topic: bool) -> tuple[str, list[str]]:
    """Return a title and some 450 words in paragraphs, the same for the same number."""
    chance = random.Random(number)
    paragraphs = [" ".join(_sentence(chance) for _ in range(4)) for _ in range(8)]
    if on_topic:
        paragraphs.insert(0, chance.choice(TOPIC_LEADS))
        for place in (2, 4, 5, 7):
            paragraphs[place] += " " + _topic_sentence(chance)
    title = f"{chance.choice(SUBJECTS)} and {chance.choice(OBJECTS)}, report {number}"
    return (f"UN cybercrime convention: report {number}" if on_topic else title), paragraphs


def _sentence(chance: random.Random) -> str:
    pick = chance.choice
    said = f", {pick(PEOPLE)}, the {pick(OFFICES)}, said" if chance.random() < 0.15 else ""
    return f"{pick(SUBJECTS)} {pick(VERBS)} {pick(OBJECTS)} {pick(PLACES)} {pick(TIMES)}{said}."


def _topic_sentence(chance: random.Random) -> str:
    return chance.choice(TOPIC_SENTENCES).format(person=chance.choice(PEOPLE), group=chance.choice(GROUPS))
