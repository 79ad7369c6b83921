"""An index by which the articles of a source around another are found without reading all of them.

Revision: 0006.
"""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the index; nothing that is there changes."""
    op.create_index("ix_articles_source_number", "articles", ["source", "number"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_index("ix_articles_source_number", "articles")
