"""Projects and lots."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Integer, String, Table, Text

from club.domain.lots import Basis, Category, Label, Mechanism
from club.store.columns import Words, one_of
from club.store.tables.schema import id_column, instant, metadata, positive, refers, whole

projects = Table(
    "projects",
    metadata,
    id_column(),
    Column("name_ja", String(300), nullable=False),
    Column("name_en", String(300), nullable=False),
    Column("programme", String(100), nullable=False),
    Column("registry_number", String(100)),
    Column("country", String(2), nullable=False),
    Column("region_ja", String(100), nullable=False),
    Column("region_en", String(100), nullable=False),
    Column("prefecture", String(2)),
    Column("category", one_of(Category), nullable=False),
    Column("mechanism", one_of(Mechanism), nullable=False),
    Column("basis", one_of(Basis), nullable=False),
    Column("methodology", String(200)),
    Column("rating", String(100)),
    Column("story_ja", Text, nullable=False),
    Column("story_en", Text, nullable=False),
    Column("source", String(500), nullable=False),
    Column("source_url", String(500)),
    Column("source_read_on", Date, nullable=False),
    instant("created_at"),
    refers("created_by", "people.id"),
)

lots = Table(
    "lots",
    metadata,
    id_column(),
    refers("project_id", "projects.id", index=True),
    refers("supplier_id", "organisations.id", index=True),
    Column("vintage", Integer),
    whole("quantity_kg"),
    whole("unit_kg"),
    Column("evidence", String(500)),
    Column("deliver_by_on", Date),
    Column("labels", Words(Label), nullable=False),
    Column("is_invented", Boolean, nullable=False),
    instant("created_at"),
    refers("created_by", "people.id"),
    *positive("quantity_kg", "unit_kg"),
    CheckConstraint("quantity_kg % unit_kg = 0", name="whole_units"),
)
