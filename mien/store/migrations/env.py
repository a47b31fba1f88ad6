"""Alembic's entry: runs one set of migrations (control or project) in one schema, in one transaction.

Called only through mien/store/migrate.py, which passes an open connection, the schema and the folder of versions.
"""

from alembic import context

config = context.config
connection = config.attributes["connection"]
schema = config.attributes["schema"]

context.configure(
    connection=connection,
    version_table="alembic_version",
    version_table_schema=schema,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
