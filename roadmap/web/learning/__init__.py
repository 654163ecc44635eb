"""Learning: enrollments, progress, evidence and notes."""
