"""Pages: read models that join several features."""
