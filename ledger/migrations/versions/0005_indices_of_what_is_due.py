"""Indices by which a pass finds what is due, and what is known, without reading all there is.

Revision: 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add indices; nothing that is there changes."""
    _some_of("ix_articles_unexamined", "articles", ["number"], "examined_version < version")
    _some_of("ix_articles_examining_failed", "articles", ["number"], "examining_failed IS NOT NULL")
    _some_of("ix_developments_known_event", "developments", ["kind", "subject_key"], "known_event", "known_event = 1")
    op.create_index("ix_developments_kind_event_date", "developments", ["kind", "event_date"])
    op.drop_index("ix_developments_event_date", "developments")


def downgrade() -> None:
    """Drop them again, and bring back the one they replace."""
    op.create_index("ix_developments_event_date", "developments", ["event_date"])
    op.drop_index("ix_developments_kind_event_date", "developments")
    op.drop_index("ix_developments_known_event", "developments")
    op.drop_index("ix_articles_examining_failed", "articles")
    op.drop_index("ix_articles_unexamined", "articles")


def _some_of(name: str, table: str, columns: list[str], where: str, on_sqlite: str | None = None) -> None:
    # SQLite uses such an index only for statements with these very words.
    op.create_index(name, table, columns, sqlite_where=sa.text(on_sqlite or where), postgresql_where=sa.text(where))
