"""What alembic runs: the steps, on the connection and in the transaction that the store has opened."""

from __future__ import annotations

from alembic import context

from pledgewatch.store.schema import metadata

# Alembic lends its context to this file only while it runs it; an import by anything else (a doctest) does nothing.
config = getattr(context, "config", None)
if config is not None:
    context.configure(connection=config.attributes["connection"], target_metadata=metadata)
    context.run_migrations()
