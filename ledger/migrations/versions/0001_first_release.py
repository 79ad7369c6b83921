"""The tables of the first release.

Revision: 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "addresses",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("entry_hash", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "url", name="pk_addresses"),
    )
    op.create_table(
        "articles",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("copy_of", sa.Text(), nullable=True),
        sa.Column("examined_version", sa.Integer(), nullable=False),
        sa.Column("examined_by", sa.Text(), nullable=True),
        sa.Column("examining_failed", sa.Text(), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_articles"),
        sa.UniqueConstraint("id", name="uq_articles_id"),
    )
    op.create_index("ix_articles_source_title_key", "articles", ["source", "title_key"], unique=False)
    op.create_index("ix_articles_url", "articles", ["url"], unique=False)
    op.create_table(
        "developments",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("event_date", sa.Text(), nullable=True),
        sa.Column("publishers", sa.Integer(), nullable=False),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("not_told_because", sa.Text(), nullable=True),
        sa.Column("known_event", sa.Boolean(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=True),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("abstain", sa.Integer(), nullable=True),
        sa.Column("last_report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_developments"),
        sa.UniqueConstraint("id", name="uq_developments_id"),
    )
    op.create_index("ix_developments_against", "developments", ["against"], unique=False)
    op.create_index("ix_developments_event_date", "developments", ["event_date"], unique=False)
    op.create_index("ix_developments_first_seen", "developments", ["first_seen"], unique=False)
    op.create_index("ix_developments_in_favour", "developments", ["in_favour"], unique=False)
    op.create_index("ix_developments_kind_last_report", "developments", ["kind", "last_report"], unique=False)
    op.create_index("ix_developments_kind_subject_key", "developments", ["kind", "subject_key"], unique=False)
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
        comment="What is true of this ledger as a whole: created_at, identity",
    )
    op.create_table(
        "feed_states",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.Text(), nullable=True),
        sa.Column("last_good_at", sa.Text(), nullable=True),
        sa.Column("not_before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", "url", name="pk_feed_states"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "mails",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("in_reply_to", sa.Text(), nullable=True),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.Text(), nullable=True),
        sa.Column("notice_key", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_mails"),
        sa.UniqueConstraint("message_id", name="uq_mails_message_id"),
        sa.UniqueConstraint("notice_key", name="uq_mails_notice_key"),
        comment="One message to one recipient: an alert, a digest, or a notice to the operator",
    )
    op.create_index("ix_mails_recipient_kind", "mails", ["recipient", "kind"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.UniqueConstraint("kind", "subject", name="uq_outbox_kind_subject"),
    )
    op.create_index("ix_outbox_kind_state_due_at", "outbox", ["kind", "state", "due_at"], unique=False)
    op.create_table(
        "passes",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("off_topic", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_passes"),
    )
    op.create_index("ix_passes_source_number", "passes", ["source", "number"], unique=False)
    op.create_table(
        "alerts",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("development", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("subscription", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.Column("mail", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["development"], ["developments.id"], name="fk_alerts_development"),
        sa.ForeignKeyConstraint(["mail"], ["mails.number"], name="fk_alerts_mail"),
        sa.PrimaryKeyConstraint("number", name="pk_alerts"),
        sa.UniqueConstraint(
            "recipient", "development", "occasion", "facts", name="uq_alerts_recipient_development_occasion_facts"
        ),
        comment="One recipient is told of one development on one occasion; without a mail it waits for the next digest",
    )
    op.create_index("ix_alerts_development", "alerts", ["development"], unique=False)
    op.create_index("ix_alerts_mail", "alerts", ["mail"], unique=False)
    op.create_table(
        "examinations",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("detector", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("on_topic", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_examinations_article"),
        sa.PrimaryKeyConstraint("article", "version", name="pk_examinations"),
    )
    op.create_table(
        "findings",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("development", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_findings_article"),
        sa.PrimaryKeyConstraint("article", "version", "position", name="pk_findings"),
    )
    op.create_table(
        "runs",
        sa.Column("run", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_runs_article"),
        sa.PrimaryKeyConstraint("run", "article", name="pk_runs"),
        comment="The smallest hashes of each article's fingerprint: how copies are found without comparing with all",
    )
    op.create_index("ix_runs_article", "runs", ["article"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("development", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_sightings_article"),
        sa.ForeignKeyConstraint(["development"], ["developments.id"], name="fk_sightings_development"),
        sa.PrimaryKeyConstraint("number", name="pk_sightings"),
    )
    op.create_index("ix_sightings_article", "sightings", ["article"], unique=False)
    op.create_index("ix_sightings_development", "sightings", ["development"], unique=False)
    op.create_table(
        "versions",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("date_source", sa.Text(), nullable=True),
        sa.Column("date_zone_known", sa.Boolean(), nullable=False),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.Column("text_scope", sa.Text(), nullable=False),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_versions_article"),
        sa.PrimaryKeyConstraint("article", "version", name="pk_versions"),
    )


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("versions")
    op.drop_index("ix_sightings_development", table_name="sightings")
    op.drop_index("ix_sightings_article", table_name="sightings")
    op.drop_table("sightings")
    op.drop_index("ix_runs_article", table_name="runs")
    op.drop_table("runs")
    op.drop_table("findings")
    op.drop_table("examinations")
    op.drop_index("ix_alerts_mail", table_name="alerts")
    op.drop_index("ix_alerts_development", table_name="alerts")
    op.drop_table("alerts")
    op.drop_index("ix_passes_source_number", table_name="passes")
    op.drop_table("passes")
    op.drop_index("ix_outbox_kind_state_due_at", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("ix_mails_recipient_kind", table_name="mails")
    op.drop_table("mails")
    op.drop_table("leases")
    op.drop_table("feed_states")
    op.drop_table("facts")
    op.drop_index("ix_developments_kind_subject_key", table_name="developments")
    op.drop_index("ix_developments_kind_last_report", table_name="developments")
    op.drop_index("ix_developments_in_favour", table_name="developments")
    op.drop_index("ix_developments_first_seen", table_name="developments")
    op.drop_index("ix_developments_event_date", table_name="developments")
    op.drop_index("ix_developments_against", table_name="developments")
    op.drop_table("developments")
    op.drop_index("ix_articles_url", table_name="articles")
    op.drop_index("ix_articles_source_title_key", table_name="articles")
    op.drop_table("articles")
    op.drop_table("addresses")
