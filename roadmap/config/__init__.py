"""The configuration of an installation, from the environment; its data folder and secret key."""

from roadmap.config.config import (
    DATABASE_FILE,
    SETTINGS,
    Config,
    ConfigProblem,
    LogFormat,
    Mentors,
    PasswordCost,
    SignUp,
)

__all__ = [
    "DATABASE_FILE",
    "SETTINGS",
    "Config",
    "ConfigProblem",
    "LogFormat",
    "Mentors",
    "PasswordCost",
    "SignUp",
]
