"""Notes on sessions. The DDL is in the .sql file of the same name."""

from pathlib import Path

from alembic import op

revision = "0014"
down_revision = "0016"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text())
