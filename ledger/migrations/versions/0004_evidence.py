"""How far a development's evidence has come, so that a pass reads each sighting once.

Revision: 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add two columns, and fill them from the sightings that are there."""
    op.add_column("developments", sa.Column("last_sighting", sa.BigInteger(), nullable=True))
    op.add_column("developments", sa.Column("replaced", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE developments SET last_sighting ="
        " (SELECT max(sightings.number) FROM sightings WHERE sightings.development = developments.id)"
    )


def downgrade() -> None:
    """Drop what was added; everything else stays."""
    op.drop_column("developments", "replaced")
    op.drop_column("developments", "last_sighting")
