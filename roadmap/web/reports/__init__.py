"""Reports: progress reports, links to them, frozen copies, and one's own data."""
