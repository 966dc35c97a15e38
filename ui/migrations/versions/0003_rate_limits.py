"""Rate limits: what each name has left, counted for all processes together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rate_limits",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_rate_limits"),
    )
    op.create_index("ix_rate_limits_at", "rate_limits", ["at"])


def downgrade() -> None:
    """Drop the table: everybody begins anew."""
    op.drop_index("ix_rate_limits_at", table_name="rate_limits")
    op.drop_table("rate_limits")
