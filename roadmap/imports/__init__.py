"""From bytes to the values of the domain: files that people bring."""
