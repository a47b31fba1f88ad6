"""Roll-ups by hour and day, and the hours that they must be computed for again. The DDL is in the .sql file."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0014"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text())
