"""Count what leaves by template, keep addresses that are refused, and marks of how far the books are"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column("letters", sa.Column("family", sa.String(100), nullable=False, server_default=""))
    op.create_index("ix_letters_leaving", "letters", ["automatic", "ended_at"])
    op.add_column("positions", sa.Column("since", sa.DateTime(timezone=True)))
    op.create_table(
        "suppressed",
        sa.Column("address", sa.String(320), primary_key=True),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False, server_default="0"),
        sa.Column("words", sa.Text, nullable=False, server_default=""),
    )
