"""What waits and how the sources do, read once in each pass.

Revision: 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

COUNTS = (
    "index_waiting", "index_oldest_seconds", "index_set_aside", "mails_waiting", "mails_oldest_seconds",
    "mails_set_aside", "mails_accepted", "quarantined",
)  # fmt: skip


def upgrade() -> None:
    """Add a table; nothing that is there changes."""
    op.create_table(
        "pulses",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_pulses"),
    )
    op.create_index("ix_pulses_at", "pulses", ["at"], unique=False)


def downgrade() -> None:
    """Drop what was added, and what of it was due to the index; everything else stays."""
    op.execute("DELETE FROM outbox WHERE kind = 'index' AND (subject LIKE 'pulse:%' OR subject LIKE 'pass:%')")
    op.drop_index("ix_pulses_at", table_name="pulses")
    op.drop_table("pulses")
