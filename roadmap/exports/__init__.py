"""From the values of the domain to bytes: files that people take away."""
