"""Remember what was asked, not only that something was"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    for table, old in (("cases", "awaiting"), ("drafts", "awaits")):
        op.add_column(table, sa.Column("question", sa.JSON(), nullable=False, server_default="{}"))
        rows = sa.table(table, sa.column("id", sa.Integer), sa.column(old, sa.String), sa.column("question", sa.Text))
        asked = op.get_bind().execute(sa.select(rows.c.id, rows.c[old]).where(rows.c[old] != "nothing")).all()
        for row_id, awaits in asked:
            question = json.dumps({"awaits": awaits, "request": "", "address": [], "language": ""})
            op.execute(rows.update().where(rows.c.id == row_id).values(question=question))
        with op.batch_alter_table(table) as changed:
            changed.drop_column(old)
