"""What serves the application: waitress for one process, gunicorn for several, and their log lines."""
