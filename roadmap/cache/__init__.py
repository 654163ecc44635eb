"""What is cached: editions, which never change, and the states of enrollments by their last event."""
