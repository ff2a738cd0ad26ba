"""People who review, their sessions, what they did, and what they corrected"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "people",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("mailboxes", sa.JSON, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("totp", sa.String(64)),
        sa.Column("totp_used", sa.Integer, nullable=False, server_default="0"),
        sa.Column("disabled", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "invitations",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(100), sa.ForeignKey("people.name", name="fk_invitations_person"), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(100), sa.ForeignKey("people.name", name="fk_sessions_person"), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.JSON, nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mail_id", sa.Integer, sa.ForeignKey("mails.id", name="fk_corrections_mail_id"), nullable=False),
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("taken_at", MOMENT),
    )
    op.create_table(
        "looking",
        sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id", name="fk_looking_draft_id"), primary_key=True),
        sa.Column("person", sa.String(100), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.add_column("drafts", sa.Column("written", sa.Text))
    op.add_column("drafts", sa.Column("put_off_until", MOMENT))
    op.add_column("drafts", sa.Column("handed_to", sa.String(100)))
