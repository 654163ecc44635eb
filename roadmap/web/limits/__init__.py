"""Limits: of requests by their address, and of what a request may contain."""
