"""The fixtures of all tests, one file for each kind."""

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.web",
    "tests.fixtures.instances",
    "tests.fixtures.browsers",
    "tests.fixtures.mails",
    "tests.fixtures.learners",
    "tests.fixtures.mentors",
    "tests.fixtures.offices",
]
