"""Articles written by the yard: the same seed gives the same text. Plain English, with or without the topic."""

import random

PEOPLE = ("Ana Morel", "Tomas Vell", "Ruth Okoye", "Li Fan", "Per Aas", "Dina Sorel", "Ivo Hart", "Mei Tan")
OFFICES = ("harbour master", "chief engineer", "mayor", "head of the school board", "director of the museum")
NOUNS = (
    "council", "cooperative", "port", "railway", "orchestra", "office", "bakery", "library", "tower",
    "orchard", "ferry", "bridge", "market", "garden", "mill", "station", "museum", "harbour",
    "school", "factory", "theatre", "farm", "archive", "lighthouse", "reservoir", "canal", "workshop",
    "hospital", "tunnel", "vineyard", "stadium", "kitchen", "laboratory", "observatory", "newspaper", "warehouse",
    "airport", "chapel", "forest", "island", "valley", "village", "quarry", "pier", "clinic",
)  # fmt: skip
ADJECTIVES = (
    "old", "quiet", "northern", "southern", "careful", "costly", "narrow", "broad", "wooden",
    "stone", "early", "late", "famous", "small", "remote", "busy", "empty", "bright",
    "damp", "ancient", "modern", "shared", "private", "public", "seasonal", "temporary", "restored",
    "painted", "rusty", "green", "muddy", "windy", "steep", "shallow",
)  # fmt: skip
VERBS = (
    "opened", "repaired", "counted", "measured", "sold", "painted", "moved", "closed", "described",
    "lost", "bought", "cleaned", "copied", "drained", "extended", "photographed", "guarded", "insured",
    "inspected", "launched", "lifted", "mapped", "mended", "planted", "printed", "raised", "rented",
    "searched", "sorted",
)  # fmt: skip
PLACES = (
    "by the river", "near the market", "in the valley", "on the island", "outside the walls", "behind the station",
    "under the cliffs", "along the coast", "at the border", "beside the canal", "above the town", "across the bay",
)  # fmt: skip
TIMES = (
    "last week", "before the storm", "at the end of the month", "after ten years", "on Tuesday", "in spring",
    "during the strike", "within a day", "twice this year", "since the flood", "for the first time",
    "over the summer",
)  # fmt: skip

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
    title = f"The {chance.choice(NOUNS)} and the {chance.choice(NOUNS)}, report {number}"
    return (f"UN cybercrime convention: report {number}" if on_topic else title), paragraphs


def _sentence(chance: random.Random) -> str:
    pick = chance.choice
    said = f", {pick(PEOPLE)}, the {pick(OFFICES)}, said" if chance.random() < 0.15 else ""
    first, second, third = (f"{pick(ADJECTIVES)} {pick(NOUNS)}" for _ in range(3))
    parts = [f"the {first} {pick(VERBS)} a {second}", f"and {pick(VERBS)} the {third}", pick(PLACES), pick(TIMES)]
    kept = parts[:1] + [part for part in parts[1:] if chance.random() < 0.7]
    text = " ".join(kept) + said + "."
    return text[0].upper() + text[1:]


def _topic_sentence(chance: random.Random) -> str:
    return chance.choice(TOPIC_SENTENCES).format(person=chance.choice(PEOPLE), group=chance.choice(GROUPS))
