"""Alembic's entry: runs the migrations on the connection that it is handed."""

from alembic import context

from club.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    user_module_prefix="columns.",
)
context.run_migrations()
