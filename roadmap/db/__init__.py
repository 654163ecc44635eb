"""The schema of the database: migrations, and the triggers that they create."""
