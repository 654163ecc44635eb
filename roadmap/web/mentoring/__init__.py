"""Mentoring: invitations, mentorships, submissions and reviews."""
