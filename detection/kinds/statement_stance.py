"""Stance: whether what was said is for the convention, against it, worried about it, or neither.

Signs in the content and in the verb decide (statement_stance_signs). To refuse the convention opposes it, whatever
else is said; harm that is denied speaks for it, harm that only may come is a worry; who blames those that
obstruct it stands by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from detection.kinds.statement_lexicon import Words
from detection.kinds.statement_stance_signs import Signs, known_critics, load_signs
from detection.relevance import concerns_topic
from detection.sentences import Reading
from records.finding import Stance, Statement

Span = tuple[int, int]
_REACH = 600
_BEGINNING = 6_000
_SURE = 2
"""Signs of support that outweigh who speaks."""


def concerns(reading: Reading, spans: Sequence[Span]) -> bool:
    """Whether the content of a statement concerns the watched convention."""
    return concerns_topic(reading, spans[0][0], min(spans[-1][1], spans[0][0] + _REACH))


def names_instrument(text: str, words: Words) -> bool:
    """Whether a text speaks of a treaty, a draft, a signing or a negotiation at all (only its beginning is read)."""
    signs, beginning = load_signs(words.language), text[:_BEGINNING].casefold()
    return signs.found("instruments", beginning) or signs.found("forum", beginning)


def read_stance(text: str, spans: Sequence[Span], cue: str, words: Words, *, critical: bool = False) -> Stance:
    """The stance of a content that concerns the convention; ``neutral`` when no word tells.

    ``critical``: its known critics speak: from them, one good word alone is no support.
    """
    signs = load_signs(words.language)
    said = " ".join(text[start : min(end, start + _REACH)] for start, end in spans).casefold().replace("’", "'")
    verb = cue.casefold()
    eager = signs.found("eager", f"{verb} {said}") or signs.found("haste", said)
    said = signs.without("crime", signs.without("not_only", signs.without("haste", said)))
    unsettled = signs.found("not_yet", said)
    said = signs.without("not_yet", said)
    blamed = signs.count("oppose_cue", verb)
    obstructed = signs.count("obstruct", said)
    if blamed and obstructed:
        return "support"
    grounds = signs.found("grounds", said)
    said = signs.without("grounds", said)
    staying = signs.count("denied_refuse", said)
    said = signs.without("denied_refuse", said)
    if signs.found("refuse", said) or signs.found("denied_join", said):
        return "oppose"
    if signs.found("denial", verb) and not signs.found("support", said):
        return "support" if signs.found("oppose", said) or signs.found("concern", said) else "neutral"
    oppose, concern, support = _weigh(signs, said, verb, guarded=grounds or signs.found("rights", said))
    oppose, support = max(0, oppose - obstructed), support + obstructed + staying
    if not oppose and not concern and signs.found("procedural", said) and not eager:
        return "neutral"
    if oppose and 2 * oppose >= support and not (concern and blamed and oppose == blamed):
        return "oppose"
    if concern and concern > (support if support > 1 else support - 1):
        return "concern"
    if critical and support < _SURE and not (signs.found("support_cue", verb) or unsettled):
        return "oppose"
    if unsettled and not eager and support < _SURE:
        return "neutral"
    joins = eager and (signs.found("join", said) or signs.found("instruments", said))
    return "support" if support > 0 or joins or (not unsettled and _takes_it_on(said, signs)) else "neutral"


def is_critical(speaker: str, affiliation: str | None, words: Words) -> bool:
    """Whether known critics of the convention speak: by the noun that names them, or by their organisation."""
    return affiliation in known_critics() or load_signs(words.language).found("critics", speaker.casefold())


def take_sides(statements: Sequence[Statement], text: str, words: Words) -> list[Statement]:
    """The statements, a neutral one without a remark on dates and delays on the side its speaker takes elsewhere."""
    sides: dict[str, set[Stance]] = {}
    for one in statements:
        if one.stance in ("support", "oppose"):
            for name in filter(None, (one.speaker_full, one.affiliation)):
                sides.setdefault(name, set()).add(one.stance)
    return [_beside_others(one, sides, text, words) for one in statements]


def _beside_others(one: Statement, sides: Mapping[str, set[Stance]], text: str, words: Words) -> Statement:
    taken = {side for name in filter(None, (one.speaker_full, one.affiliation)) for side in sides.get(name, ())}
    if one.stance != "neutral" or len(taken) != 1:
        return one
    said = " ".join(text[start:end] for start, end in one.spans).casefold()
    signs = load_signs(words.language)
    plain = signs.found("procedural", said) or signs.found("not_yet", said)
    if plain or any(character.isdigit() for character in said):
        return one
    return replace(one, stance=taken.pop())


def _weigh(signs: Signs, said: str, verb: str, *, guarded: bool) -> tuple[int, int, int]:
    """How many signs there are against, of worry, and for: denied and uncertain ones changed sides.

    ``guarded``: the talk is of rights that must be kept safe.
    """
    oppose = signs.count("oppose", said)
    concern = signs.count("concern", said) + 2 * signs.count("wish", said) + signs.count("concern_cue", verb)
    if guarded:
        asked = signs.found("demand", verb) or signs.found("should", said) or signs.found("hedge", said)
        concern, support_rights = (concern + 1, 0) if asked else (concern, 1)
    else:
        support_rights = 0
    denied = signs.count("denied_support", said)
    assured = min(concern, signs.count("assured", said))
    support = signs.count("support", said) + signs.count("support_cue", verb) + support_rights - denied + assured
    concern += denied - assured
    if signs.found("must_not", said):
        return signs.count("oppose_cue", verb), concern + oppose, support
    harmless = signs.count("denied_harm", said)
    oppose = max(0, oppose - harmless)
    feared = signs.found("hedge", said) or signs.found("hedge_cue", verb)
    if oppose and (feared or (concern > oppose and signs.found("concern_cue", verb))):
        oppose, concern = 0, concern + oppose + support
    return oppose + signs.count("oppose_cue", verb), concern, support + harmless


def _takes_it_on(said: str, signs: Signs) -> bool:
    """Whether somebody speaks of the convention itself, without a number or a denial: that is to stand by it."""
    denied = (
        signs.found("negations", said)
        or signs.found("procedural", said)
        or any(character.isdigit() for character in said)
    )
    return signs.found("instruments", said) and not denied
