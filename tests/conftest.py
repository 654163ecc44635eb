"""The fixtures of all tests, one file for each kind."""

pytest_plugins = [
    "tests.support.fixtures.databases",
    "tests.support.fixtures.web",
    "tests.support.fixtures.instances",
    "tests.support.fixtures.browsers",
    "tests.support.fixtures.mails",
    "tests.support.fixtures.learners",
    "tests.support.fixtures.mentors",
    "tests.support.fixtures.offices",
]
