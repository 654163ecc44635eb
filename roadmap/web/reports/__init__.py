"""Reports: progress reports, links to them, frozen copies, and one's own data."""

from roadmap.web.reports import archives, feeds, issued, reports, shared_reports, shares, verifications

BLUEPRINTS = (
    reports.blueprint,
    shares.blueprint,
    shared_reports.blueprint,
    feeds.feeds,
    feeds.feed_files,
    issued.blueprint,
    verifications.blueprint,
    archives.blueprint,
)
