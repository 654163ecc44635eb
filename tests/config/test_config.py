"""Settings: what the environment may say, what it may not, and what is made when it says nothing."""

import stat
from concurrent.futures import ThreadPoolExecutor
from errno import ENOSPC
from pathlib import Path
from typing import Never

import pytest

from roadmap.config import SETTINGS, Config, ConfigProblem, LogFormat, Mentors, PasswordCost, SignUp
from roadmap.config.data_folder import prepare_data_folder

GOOD_KEY = "k" * 32


def read(**environ: str) -> Config:
    return Config.from_environ({"ROADMAP_DATA": "/srv/roadmap", **environ})


def test_an_empty_environment_is_enough() -> None:
    config = Config.from_environ({})
    assert config.database_url == f"sqlite:///{config.data}/roadmap.sqlite3"
    assert config.base_url == "http://127.0.0.1:8000"
    assert (config.sign_up, config.log_format, config.proxies) == (SignUp.OPEN, LogFormat.TEXT, 0)
    assert (config.time_zone, config.sends_mail, config.is_secure) == ("UTC", False, False)
    assert config.password_cost is PasswordCost.STANDARD


def test_a_user_without_a_home_folder_names_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    # Such as the one of the image, whom no file names.
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert read().data == Path("/srv/roadmap")
    with pytest.raises(ConfigProblem, match=r"^ROADMAP_DATA: is needed by a user without a home folder$"):
        Config.from_environ({})


def test_reading_settings_makes_nothing(tmp_path: Path) -> None:
    Config.from_environ({"ROADMAP_DATA": str(tmp_path / "new")})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("ROADMAP_DATABASE_URL", "postgres://u:p@db/roadmap", "postgresql://u:p@db/roadmap"),
        ("ROADMAP_DATABASE_URL", "postgresql:///roadmap", "postgresql:///roadmap"),
        ("ROADMAP_BASE_URL", "https://roadmap.example.org/", "https://roadmap.example.org"),
        ("ROADMAP_BASE_URL", "http://[::1]:8000", "http://[::1]:8000"),
        ("ROADMAP_BASE_URL", "HTTPS://Roadmap.example.org", "https://roadmap.example.org"),
        ("ROADMAP_PROXIES", "2", 2),
        ("ROADMAP_SIGN_UP", "invited", SignUp.INVITED),
        ("ROADMAP_LOG_FORMAT", " json ", LogFormat.JSON),
        ("ROADMAP_TIME_ZONE", "Europe/Berlin", "Europe/Berlin"),
        ("ROADMAP_REDIS_URL", "redis://cache/0", "redis://cache/0"),
        ("ROADMAP_SIGN_UP", "", SignUp.OPEN),
        ("ROADMAP_MENTORS", "approved", Mentors.APPROVED),
        ("ROADMAP_MENTORS", "", Mentors.ANYONE),
    ],
)
def test_a_good_value_is_read(variable: str, value: str, expected: object) -> None:
    assert getattr(read(**{variable: value}), variable.removeprefix("ROADMAP_").lower()) == expected


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ROADMAP_DATABASE_URL", "mysql://db/roadmap"),
        ("ROADMAP_DATABASE_URL", "sqlite://"),
        ("ROADMAP_DATABASE_URL", "sqlite:///"),
        ("ROADMAP_DATABASE_URL", "sqlite:///:memory:"),
        ("ROADMAP_DATABASE_URL", "sqlite:///data/roadmap.sqlite3"),
        ("ROADMAP_DATABASE_URL", "sqlite:////srv/a?b/roadmap.sqlite3"),
        ("ROADMAP_DATABASE_URL", '"sqlite:////srv/roadmap.sqlite3"'),
        ("ROADMAP_DATA", '"/srv/roadmap"'),
        ("ROADMAP_DATA", "'/srv/roadmap'"),
        ("ROADMAP_DATA", "data"),
        ("ROADMAP_DATA", "~nobody-of-this-name/data"),
        ("ROADMAP_SECRET_KEY", f'"{GOOD_KEY}"'),
        ("ROADMAP_DATABASE_URL", "postgresql://db:port/roadmap"),
        ("ROADMAP_SECRET_KEY", "short"),
        ("ROADMAP_BASE_URL", "roadmap.example.org"),
        ("ROADMAP_BASE_URL", "https://example.org/roadmap"),
        ("ROADMAP_BASE_URL", "https://user:word@example.org"),
        ("ROADMAP_BASE_URL", "https://example.org?x=1"),
        ("ROADMAP_BASE_URL", "https://[::1"),
        ("ROADMAP_BASE_URL", "https://road map.example.org"),
        ("ROADMAP_PROXIES", "-1"),
        ("ROADMAP_PROXIES", "11"),
        ("ROADMAP_PROXIES", "٣"),
        ("ROADMAP_SMTP_URL", "http://mail.example.org"),
        ("ROADMAP_SMTP_URL", "smtp://"),
        ("ROADMAP_SMTP_URL", "smtp://ann:gr%C3%BCn@mail.example.org"),
        ("ROADMAP_SMTP_URL", "smtp://mail.example.org?starttls=sometimes"),
        ("ROADMAP_SMTP_URL", "smtp://mail.example.org?tls=always"),
        ("ROADMAP_MAIL_FROM", "nobody"),
        ("ROADMAP_MAIL_FROM", "a@example.org\nBcc: b@example.org"),
        ("ROADMAP_TIME_ZONE", "Berlin/Europe"),
        ("ROADMAP_TIME_ZONE", "../../etc/passwd"),
        ("ROADMAP_TIME_ZONE", "x" * 5000),
        ("ROADMAP_SIGN_UP", "everyone"),
        ("ROADMAP_MENTORS", "nobody"),
        ("ROADMAP_NAME", "x" * 61),
        ("ROADMAP_NAME", "two\nlines"),
        ("ROADMAP_REDIS_URL", "memory://"),
        ("ROADMAP_LOG_FORMAT", "xml"),
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_variable(variable: str, value: str) -> None:
    with pytest.raises(ConfigProblem, match=f"^{variable}: "):
        read(**{variable: value})


def test_mail_needs_a_sender() -> None:
    with pytest.raises(ConfigProblem, match="ROADMAP_MAIL_FROM"):
        read(ROADMAP_SMTP_URL="smtp://mail.example.org")


@pytest.mark.parametrize(
    ("given", "installation"),
    [
        ({}, "127.0.0.1"),
        ({"ROADMAP_BASE_URL": "https://roadmap.example.org:8443"}, "roadmap.example.org"),
        (
            {"ROADMAP_BASE_URL": "https://roadmap.example.org", "ROADMAP_NAME": " Köln Academy "},
            "Köln Academy",
        ),
    ],
)
def test_an_installation_is_called_by_its_name_or_its_host(given: dict[str, str], installation: str) -> None:
    assert read(**given).installation == installation


def test_https_makes_it_secure() -> None:
    assert read(ROADMAP_BASE_URL="https://roadmap.example.org").is_secure


def test_every_variable_is_one_that_the_documentation_names() -> None:
    assert set(SETTINGS) == {
        "ROADMAP_DATA",
        "ROADMAP_DATABASE_URL",
        "ROADMAP_SECRET_KEY",
        "ROADMAP_BASE_URL",
        "ROADMAP_PROXIES",
        "ROADMAP_SMTP_URL",
        "ROADMAP_MAIL_FROM",
        "ROADMAP_TIME_ZONE",
        "ROADMAP_SIGN_UP",
        "ROADMAP_MENTORS",
        "ROADMAP_NAME",
        "ROADMAP_METRICS_TOKEN",
        "ROADMAP_REDIS_URL",
        "ROADMAP_LOG_FORMAT",
    }


def test_every_field_that_people_set_is_a_setting() -> None:
    own = {"password_cost", "given", "warnings"}
    fields = {variable.removeprefix("ROADMAP_").lower() for variable in SETTINGS}
    assert fields == set(Config.__dataclass_fields__) - own


def test_secrets_are_not_in_what_a_log_would_print() -> None:
    config = read(
        ROADMAP_SECRET_KEY=GOOD_KEY, ROADMAP_SMTP_URL="smtp://u:hush@h", ROADMAP_MAIL_FROM="a@b.org"
    )
    assert GOOD_KEY not in repr(config)
    assert "hush" not in repr(config)


@pytest.mark.parametrize(
    ("variable", "value", "shown"),
    [
        ("ROADMAP_DATABASE_URL", "postgresql://u:word@db:5/n", "postgresql://u:***@db:5/n"),
        ("ROADMAP_DATABASE_URL", "postgresql://db/n", "postgresql://db/n"),
        ("ROADMAP_DATABASE_URL", "postgresql:///n?host=/run&user=u", "postgresql:///n?host=/run&user=u"),
        ("ROADMAP_DATABASE_URL", "postgresql://u:a@b@db/n", "postgresql://u:***@db/n"),
        (
            "ROADMAP_DATABASE_URL",
            "postgresql://u@db:5/n?password=w&a=1",
            "postgresql://u@db:5/n?password=***&a=1",
        ),
        ("ROADMAP_DATABASE_URL", "sqlite:////srv/a:b@c.sqlite3", "sqlite:////srv/a:b@c.sqlite3"),
        ("ROADMAP_SECRET_KEY", GOOD_KEY, "(set)"),
        ("ROADMAP_REDIS_URL", "redis://:word@cache", "redis://:***@cache"),
        ("ROADMAP_DATABASE_URL", "postgresql://u:12/34@db/n", "postgresql://u:***@db/n"),
        ("ROADMAP_DATABASE_URL", "postgresql://u:a#b?c@db/n", "postgresql://u:***@db/n"),
        ("ROADMAP_DATABASE_URL", "POSTGRESQL+x://u:word@db/n", "POSTGRESQL+x://u:***@db/n"),
        ("ROADMAP_SMTP_URL", "smtp://u@example.org:wo/rd@mail:587", "smtp://u@example.org:***@mail:587"),
        ("ROADMAP_REDIS_URL", "word", "(set)"),
        ("ROADMAP_SECRET_KEY", "key://" + GOOD_KEY, "(set)"),
        ("ROADMAP_SECRET_KEY", "", ""),
        ("ROADMAP_PROXIES", "1", "1"),
    ],
)
def test_passwords_and_keys_are_shown_masked(variable: str, value: str, shown: str) -> None:
    assert SETTINGS[variable].show(value) == shown


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ROADMAP_DATABASE_URL", "postgresql://u:hush/word@db/n"),
        ("ROADMAP_DATABASE_URL", "postgresql://u:hush\u2100@db/n"),
        ("ROADMAP_DATABASE_URL", "postgresql://u:[hush@db/n"),
        ("ROADMAP_SMTP_URL", "smtp://u:hush"),
        ("ROADMAP_SMTP_URL", "http://u:hush@mail"),
        ("ROADMAP_REDIS_URL", "redis://:hush#word@cache"),
        ("ROADMAP_DATABASE_URL", "postgresql://u:a@hush%word/#1@db/n"),
        ("ROADMAP_DATABASE_URL", "postgresql://u:a@hush@db/n"),
        ("ROADMAP_DATABASE_URL", "postgresql://u:12?hush@db/n"),
        ("ROADMAP_REDIS_URL", "redis://:12/hush@cache"),
        ("ROADMAP_SMTP_URL", "smtp://u:12#hush@mail"),
        ("ROADMAP_SECRET_KEY", "hush"),
    ],
)
def test_a_secret_that_cannot_be_read_is_not_quoted(variable: str, value: str) -> None:
    with pytest.raises(ConfigProblem, match=f"^{variable}: ") as refused:
        read(**{variable: value}, ROADMAP_MAIL_FROM="a@b.org")
    assert "hush" not in str(refused.value)


def test_a_new_installation_gets_a_private_folder_with_a_private_key(tmp_path: Path) -> None:
    config = prepare_data_folder(Config.from_environ({"ROADMAP_DATA": str(tmp_path / "new" / "data")}))
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in [config.data, *config.data.iterdir()]}
    assert modes == {"data": 0o700, "secret-key": 0o600, "roadmap.sqlite3": 0o600}
    assert len(config.secret_key) == 64


def test_the_key_stays_the_same(tmp_path: Path) -> None:
    config = Config.from_environ({"ROADMAP_DATA": str(tmp_path)})
    assert prepare_data_folder(config).secret_key == prepare_data_folder(config).secret_key


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    config = Config.from_environ({"ROADMAP_DATA": str(tmp_path)})
    with ThreadPoolExecutor(8) as pool:
        keys = {each.secret_key for each in pool.map(prepare_data_folder, [config] * 16)}
    assert len(keys) == 1
    assert {each.name for each in tmp_path.iterdir()} == {"secret-key", "roadmap.sqlite3"}


def test_a_given_key_is_used_and_not_kept(tmp_path: Path) -> None:
    config = prepare_data_folder(
        Config.from_environ({"ROADMAP_DATA": str(tmp_path), "ROADMAP_SECRET_KEY": GOOD_KEY})
    )
    assert config.secret_key == GOOD_KEY
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\x00" * 40])
def test_a_damaged_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(content)
    with pytest.raises(ConfigProblem, match="damaged"):
        prepare_data_folder(Config.from_environ({"ROADMAP_DATA": str(tmp_path)}))


def full_disk(*_: object) -> Never:
    raise OSError(ENOSPC, "No space left on device")


def test_a_full_disk_leaves_no_half_of_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmap.config.data_folder.secrets.token_urlsafe", full_disk)
    with pytest.raises(ConfigProblem, match="No space left"):
        prepare_data_folder(Config.from_environ({"ROADMAP_DATA": str(tmp_path)}))
    assert [each.name for each in tmp_path.iterdir()] == ["roadmap.sqlite3"]


def test_a_key_that_is_there_is_read_without_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config.from_environ({"ROADMAP_DATA": str(tmp_path)})
    key = prepare_data_folder(config).secret_key
    monkeypatch.setattr("roadmap.config.data_folder.secrets.token_hex", full_disk)
    assert prepare_data_folder(config).secret_key == key


def test_a_typing_error_in_the_name_of_a_setting_is_a_warning() -> None:
    config = read(ROADMAP_DATBASE_URL="sqlite:///x", ROADMAP_COLOUR="red", ROADMAP_TEST_DATABASE_URL="")
    wrong, near = "ROADMAP_COLOUR is no setting", "ROADMAP_DATBASE_URL is no setting: ROADMAP_DATABASE_URL is"
    assert config.warnings == (wrong, near)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigProblem, match=r"^ROADMAP_DATA: cannot write to"):
        prepare_data_folder(Config.from_environ({"ROADMAP_DATA": str(tmp_path / "file" / "data")}))
