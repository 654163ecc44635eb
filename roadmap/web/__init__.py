"""Pages for browsers: parse, call, answer."""
