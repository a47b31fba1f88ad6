"""Roll-ups of what was clicked on each screen, where, and where the pointer rested. The DDL is in the .sql file."""

from pathlib import Path

from alembic import op

revision = "0023"
down_revision = "0025"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text())
