"""What funnels are counted from. The DDL is in the .sql file."""

from pathlib import Path

from alembic import op

revision = "0026"
down_revision = "0023"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text())
