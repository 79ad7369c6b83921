"""Every table of the ledger. The migrations make them; a test holds the two together."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from ledger.columns import Day, Instant, Json, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows only for a column declared INTEGER; PostgreSQL gets 64 bits.
Number = BigInteger().with_variant(Integer, "sqlite")


def _some_of(name: str, *columns: str, where: str, on_sqlite: str | None = None) -> Index:
    """An index of few rows of a large table: those that every pass looks for, in the words of its statements."""
    return Index(name, *columns, sqlite_where=text(on_sqlite or where), postgresql_where=text(where))


facts = Table(
    "facts",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
    comment="What is true of this ledger as a whole: created_at, identity",
)

leases = Table(
    "leases",
    metadata,
    Column("name", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("until", Instant, nullable=False),
)

feed_states = Table(
    "feed_states",
    metadata,
    Column("source", Words, primary_key=True),
    Column("url", Words, primary_key=True),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_hash", Words),
    Column("checked_at", Instant),
    Column("last_good_at", Instant),
    Column("not_before", Instant),
    Column("failure", Words),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("retry_at", Instant),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Words, primary_key=True),
    Column("status", Integer, nullable=False),
    Column("body", Words, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("fetched_at", Instant, nullable=False),
)

passes = Table(
    "passes",
    metadata,
    Column("number", Number, primary_key=True),
    Column("source", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("found", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("off_topic", Integer, nullable=False),
    Column("stored", Integer, nullable=False),
    Column("dropped", Json, nullable=False),
    Column("error", Words),
    Column("network_seconds", Float),
    Index("ix_passes_source_number", "source", "number"),
)

pulses = Table(
    "pulses",
    metadata,
    Column("number", Number, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("index_waiting", Integer, nullable=False),
    Column("index_oldest_seconds", Integer, nullable=False),
    Column("index_set_aside", Integer, nullable=False),
    Column("mails_waiting", Integer, nullable=False),
    Column("mails_oldest_seconds", Integer, nullable=False),
    Column("mails_set_aside", Integer, nullable=False),
    Column("mails_accepted", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("sources", Json, nullable=False),
    Index("ix_pulses_at", "at"),
    comment="What waited and how the sources did, once in each pass",
)

addresses = Table(
    "addresses",
    metadata,
    Column("source", Words, primary_key=True),
    Column("url", Words, primary_key=True),
    Column("outcome", Words, nullable=False),
    Column("reason", Words),
    Column("article", Words),
    Column("entry_hash", Words),
    Column("at", Instant, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("source", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("publisher", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title_key", Words, nullable=False),
    Column("copy_of", Words),
    Column("examined_version", Integer, nullable=False, default=0),
    Column("examined_by", Words),
    Column("examining_failed", Words),
    Column("lease_owner", Words),
    Column("lease_until", Instant),
    Index("ix_articles_url", "url"),
    Index("ix_articles_source_title_key", "source", "title_key"),
    Index("ix_articles_source_number", "source", "number"),
    _some_of("ix_articles_unexamined", "number", where="examined_version < version"),
    _some_of("ix_articles_examining_failed", "number", where="examining_failed IS NOT NULL"),
)

runs = Table(
    "runs",
    metadata,
    Column("run", BigInteger, primary_key=True, autoincrement=False),
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Index("ix_runs_article", "article"),
    comment="The smallest hashes of each article's fingerprint: how copies are found without comparing with all",
)

versions = Table(
    "versions",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("language", Words),
    Column("published_at", Instant),
    Column("date_source", Words),
    Column("date_zone_known", Boolean, nullable=False),
    Column("fetched_at", Instant, nullable=False),
    Column("text_scope", Words, nullable=False),
    Column("truncated", Boolean, nullable=False),
    Column("guid", Words),
    Column("fingerprint", Json, nullable=False),
)

examinations = Table(
    "examinations",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("detector", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("language", Words),
    Column("on_topic", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("because", Json, nullable=False),
    Column("refused", Json, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("finding", Json, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("development", Words),
)

developments = Table(
    "developments",
    metadata,
    Column("number", Number, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("kind", Words, nullable=False),
    Column("headline", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("event_date", Day),
    Column("publishers", Integer, nullable=False),
    Column("independent", Integer, nullable=False),
    Column("finding", Json, nullable=False),
    Column("told", Json),
    Column("not_told_because", Words),
    Column("known_event", Boolean, nullable=False),
    Column("subject_key", Words),
    Column("in_favour", Integer),
    Column("against", Integer),
    Column("abstain", Integer),
    Column("last_report", Instant, nullable=False),
    Column("last_sighting", BigInteger),
    Column("replaced", Integer, nullable=False, server_default="0"),
    Index("ix_developments_kind_last_report", "kind", "last_report"),
    Index("ix_developments_kind_subject_key", "kind", "subject_key"),
    Index("ix_developments_in_favour", "in_favour"),
    Index("ix_developments_against", "against"),
    Index("ix_developments_kind_event_date", "kind", "event_date"),
    _some_of("ix_developments_known_event", "kind", "subject_key", where="known_event", on_sqlite="known_event = 1"),
    Index("ix_developments_first_seen", "first_seen"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("number", Number, primary_key=True),
    Column("development", Words, ForeignKey("developments.id"), nullable=False),
    Column("article", Words, ForeignKey("articles.id"), nullable=False),
    Column("url", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("publisher", Words, nullable=False),
    Column("published_at", Instant),
    Column("title", Words, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("recalled", Boolean, nullable=False),
    Column("finding", Json, nullable=False),
    Column("language", Words),
    Column("fingerprint", Json, nullable=False),
    Index("ix_sightings_development", "development"),
    Index("ix_sightings_article", "article"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", Number, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("lease_owner", Words),
    Column("lease_until", Instant),
    Column("error", Words),
    Column("note", Words),
    UniqueConstraint("kind", "subject"),
    Index("ix_outbox_kind_state_due_at", "kind", "state", "due_at"),
)

mails = Table(
    "mails",
    metadata,
    Column("number", Number, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("message_id", Words, nullable=False, unique=True),
    Column("in_reply_to", Words),
    Column("entered_at", Instant, nullable=False),
    Column("accepted_at", Instant),
    Column("notice_key", Words, unique=True),
    Column("subject", Words),
    Column("text", Words),
    Index("ix_mails_recipient_kind", "recipient", "kind"),
    comment="One message to one recipient: an alert, a digest, or a notice to the operator",
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", Number, primary_key=True),
    Column("recipient", Words, nullable=False),
    Column("development", Words, ForeignKey("developments.id"), nullable=False),
    Column("occasion", Words, nullable=False),
    Column("facts", Words, nullable=False),
    Column("delivery", Words, nullable=False),
    Column("subscription", Words, nullable=False),
    Column("note", Words),
    Column("entered_at", Instant, nullable=False),
    Column("mail", Number, ForeignKey("mails.number")),
    UniqueConstraint("recipient", "development", "occasion", "facts"),
    Index("ix_alerts_development", "development"),
    Index("ix_alerts_mail", "mail"),
    comment="One recipient is told of one development on one occasion; without a mail it waits for the next digest",
)
