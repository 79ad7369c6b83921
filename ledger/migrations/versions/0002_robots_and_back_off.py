"""What hosts answered for robots.txt, how sources fail, and the network time of a pass.

Revision: 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add a table and columns; nothing that is there changes."""
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_robots"),
    )
    op.add_column("feed_states", sa.Column("failure", sa.Text(), nullable=True))
    op.add_column("feed_states", sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("feed_states", sa.Column("retry_at", sa.Text(), nullable=True))
    op.add_column("passes", sa.Column("network_seconds", sa.Float(), nullable=True))


def downgrade() -> None:
    """Drop what was added; everything else stays."""
    op.drop_column("passes", "network_seconds")
    op.drop_column("feed_states", "retry_at")
    op.drop_column("feed_states", "failures")
    op.drop_column("feed_states", "failure")
    op.drop_table("robots")
