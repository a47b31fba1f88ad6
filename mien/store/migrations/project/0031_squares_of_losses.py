"""How much scores spread, by release and in all, is rolled up. The DDL is in the .sql file."""

from pathlib import Path

from alembic import op

revision = "0031"
down_revision = "0027"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text())
