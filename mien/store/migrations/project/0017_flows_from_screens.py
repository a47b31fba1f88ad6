"""Roll-ups of flows from and to each screen, and of loops. The DDL is in the .sql file."""

from pathlib import Path

from alembic import op

revision = "0017"
down_revision = "0012"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text())
