"""Turns passes and pulses of the ledger into documents: pure, as all describing is."""

from indexing.operation_documents import PassDocument, PulseDocument
from ledger.pulses import Pulse
from ledger.sources import READ, KeptPass


def describe_pass(kept: KeptPass) -> PassDocument:
    """Return the document of one pass over one source."""
    one = kept.source_pass
    return PassDocument(
        id=str(kept.number),
        source=one.source,
        state=one.state,
        well=one.state in READ,
        started_at=one.started_at,
        ended_at=one.ended_at,
        seconds=round((one.ended_at - one.started_at).total_seconds(), 3),
        network_seconds=one.network_seconds,
        found=one.found,
        known=one.known,
        off_topic=one.off_topic,
        stored=one.stored,
        dropped=sum(one.dropped.values()),
        reasons=tuple(sorted(one.dropped)),
        error=one.error,
    )


def describe_pulse(pulse: Pulse) -> PulseDocument:
    """Return the document of one reading of what waits."""
    states = pulse.sources
    return PulseDocument(
        id=str(pulse.number),
        at=pulse.at,
        index_waiting=pulse.index_waiting,
        index_oldest_seconds=pulse.index_oldest_seconds,
        index_set_aside=pulse.index_set_aside,
        mails_waiting=pulse.mails_waiting,
        mails_oldest_seconds=pulse.mails_oldest_seconds,
        mails_set_aside=pulse.mails_set_aside,
        mails_accepted=pulse.mails_accepted,
        quarantined=pulse.quarantined,
        sources=len(states),
        sources_well=sum(state in READ and state != "silent" for state in states.values()),
        silent=tuple(sorted(source for source, state in states.items() if state == "silent")),
        faulty=tuple(sorted(source for source, state in states.items() if state not in READ)),
    )
