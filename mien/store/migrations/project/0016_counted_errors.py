"""How many errors a row of `grouped_errors` stands for. The DDL is in the .sql file."""

from pathlib import Path

from alembic import op

revision = "0016"
down_revision = "0013"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text())
