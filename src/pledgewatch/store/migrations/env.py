"""What alembic runs: the steps, on the connection and in the transaction that the store has opened."""

from __future__ import annotations

from alembic import context

from pledgewatch.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
