"""Everything that is kept, in SQLite through SQLAlchemy Core."""
