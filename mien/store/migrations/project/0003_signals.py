"""Baselines, verdicts, former scores, and sessions that are to be analysed once more. The DDL is in the .sql file."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text())
