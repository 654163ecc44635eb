"""The model and its rules: the standard library and SQLAlchemy mappings only."""
