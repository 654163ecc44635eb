"""Reports: progress reports, links to them, and frozen copies."""

from roadmap.web.reports import feeds, issued, reports, shared_reports, shares

BLUEPRINTS = (
    reports.blueprint,
    shares.blueprint,
    shared_reports.blueprint,
    feeds.feeds,
    feeds.feed_files,
    issued.blueprint,
    issued.verifications,
)
