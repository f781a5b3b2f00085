"""What an installation sets: read from the environment, else from a TOML file, else the default.

Every setting has one name in three spellings: `OREFLOW_DATABASE_URL` in the environment is
`database_url` in the file. The file is `oreflow.toml` in the data folder, or what OREFLOW_CONFIG names.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from oreflow.core.provenance import Text

from .errors import BadConfiguration

BESIDE = ("OREFLOW_CONFIG", "OREFLOW_SEED", "OREFLOW_TEST_DATABASE", "OREFLOW_UPDATE_SNAPSHOTS")
PREFIX = "OREFLOW_"
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the file, its default and what it does."""

    name: str
    default: str
    meaning: Text
    secret: bool = False
    kind: str = "text"  # text, flag, number, url
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"OREFLOW_{self.name.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "data",
        "",
        Text(
            "数据目录：数据库、附件、密钥与备份；默认在用户数据目录下",
            "Folder of the database, attachments, key and backups; by default in the user's data folder",
        ),
    ),
    Setting(
        "database_url",
        "",
        Text(
            "数据库地址，例如 postgres://用户@主机/库；默认用数据目录下的 SQLite",
            "Database address such as postgres://user@host/name; by default SQLite in the data folder",
        ),
        secret=True,
        kind="url",
    ),
    Setting(
        "secret_key",
        "",
        Text(
            "签名密钥；默认在数据目录下生成并保存", "Signing key; by default one is drawn and kept in the data folder"
        ),
        secret=True,
    ),
    Setting(
        "allowed_hosts",
        "",
        Text(
            "除本机外请求可用的主机名，用逗号分隔",
            "Host names besides loopback that requests may name, separated by commas",
        ),
    ),
    Setting(
        "https",
        "no",
        Text(
            "控制台在 HTTPS 代理之后：Cookie 只经加密连接传送",
            "The console stands behind an HTTPS proxy: cookies travel on encrypted connections only",
        ),
        kind="flag",
    ),
    Setting(
        "proxy",
        "",
        Text(
            "可信反向代理的地址；客户端地址取自它的 X-Forwarded-For",
            "Address of the trusted reverse proxy; client addresses are read from its X-Forwarded-For",
        ),
    ),
    Setting(
        "demonstration",
        "no",
        Text(
            "演示模式：示例单位与账号，只在本机，与正式数据互不相通",
            "Demonstration: made-up organisations and accounts, on this machine only, never beside real data",
        ),
        kind="flag",
    ),
    Setting(
        "log_format",
        "plain",
        Text("日志格式：plain 或 json", "Form of the log: plain or json"),
        choices=("plain", "json"),
    ),
    Setting(
        "log_level",
        "warning",
        Text(
            "日志详略：error、warning、info（每个请求一行）或 debug",
            "How much the log says: error, warning, info (a line per request) or debug",
        ),
        choices=("error", "warning", "info", "debug"),
    ),
    Setting(
        "metrics_token",
        "",
        Text(
            "读取 /metrics 的令牌；不设时只有本机与系统管理员可读",
            "Token that reads /metrics; without one only this machine and system administrators do",
        ),
        secret=True,
    ),
    Setting(
        "database_max_age",
        "60",
        Text(
            "数据库连接保持的秒数；0 为每次请求新建", "Seconds that a database connection is kept; 0 for one a request"
        ),
        kind="number",
    ),
    Setting(
        "statement_timeout",
        "60",
        Text(
            "PostgreSQL 单条语句的最长秒数；0 为不限",
            "Longest time in seconds of one statement on PostgreSQL; 0 for no limit",
        ),
        kind="number",
    ),
    Setting(
        "plan_texts",
        "",
        Text(
            "规划文本目录（<文档>.txt），用于逐字显示原文",
            "Folder with the plan texts (<document>.txt), to show source lines word by word",
        ),
    ),
    Setting(
        "rate_limit",
        "600",
        Text("每个令牌或会话每分钟的接口请求上限；0 为不限", "Requests a minute per token or session; 0 for no limit"),
        kind="number",
    ),
)
_BY_NAME = {s.name: s for s in SETTINGS}


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of this process, and where each came from."""

    values: Mapping[str, str]
    origins: Mapping[str, str]

    def text(self, name: str) -> str:
        """The value as written."""
        return self.values[name]

    def flag(self, name: str) -> bool:
        """A yes or no."""
        return self.values[name].strip().lower() in TRUE

    def number(self, name: str) -> int:
        """A whole number of 0 or more."""
        return int(self.values[name])

    @property
    def data(self) -> Path:
        """The data folder; it may not exist yet."""
        given = self.values["data"]
        return Path(given).expanduser() if given else default_data_folder(demonstration=self.flag("demonstration"))

    def shown(self, name: str) -> str:
        """The value as anybody may see it: secrets only say that they are set."""
        value = self.values[name]
        return "•••" if _BY_NAME[name].secret and value else value

    @property
    def secrets(self) -> list[str]:
        """The secret values that are set, to keep them out of logs."""
        found = [self.values[s.name] for s in SETTINGS if s.secret and len(self.values[s.name]) >= 8]
        password = urlsplit(self.values["database_url"]).password if self.values["database_url"] else None
        return [*found, *([password] if password else [])]

    @property
    def hosts(self) -> list[str]:
        """Host names besides loopback."""
        return [h.strip() for h in self.values["allowed_hosts"].split(",") if h.strip()]


def default_data_folder(*, demonstration: bool) -> Path:
    """Where data stands unless told otherwise; a demonstration has a folder of its own."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "oreflow" / ("demonstration" if demonstration else "console")


def read(environment: Mapping[str, str] | None = None) -> Configuration:
    """The configuration of this process.

    Raises
    ------
    BadConfiguration
        For a file that cannot be read, a name in it that is no setting, or a value of the wrong kind.
    """
    environment = os.environ if environment is None else environment
    path, asked = _file(environment)
    written = _written(path, asked)
    values, origins = {}, {}
    for setting in SETTINGS:
        if setting.variable in environment:
            values[setting.name], origins[setting.name] = environment[setting.variable], setting.variable
        elif setting.name in written:
            values[setting.name], origins[setting.name] = written[setting.name], str(path)
        else:
            values[setting.name], origins[setting.name] = setting.default, "default"
    for setting in SETTINGS:
        _check(setting, values[setting.name])
    return Configuration(values, origins)


def unknown(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Variables of the environment that look like settings but are none, each with the nearest one's name or ""."""
    environment = os.environ if environment is None else environment
    known = [*(s.variable for s in SETTINGS), *BESIDE]
    strange = sorted(n for n in environment if n.startswith(PREFIX) and n not in known)
    return {name: _nearest(name, known) for name in strange}


def _nearest(name: str, known: list[str]) -> str:
    """The known variable that the name was probably meant to be, judged by what follows the prefix."""
    rests = [k.removeprefix(PREFIX) for k in known]
    found = difflib.get_close_matches(name.removeprefix(PREFIX), rests, 1, 0.75)
    return PREFIX + found[0] if found else ""


def _check(setting: Setting, value: str) -> None:
    """Refuse a value that nothing can be done with, before anything starts."""
    given = value.strip()
    wanted = None
    if setting.kind == "flag" and given.lower() not in (*TRUE, *FALSE):
        wanted = Text("yes 或 no", "yes or no")
    elif setting.kind == "number" and not (given.isascii() and given.isdigit()):
        wanted = Text("0 或正整数", "0 or a positive whole number")
    elif setting.choices and given not in setting.choices:
        wanted = Text(f"下列之一：{'、'.join(setting.choices)}", f"one of: {', '.join(setting.choices)}")
    elif setting.kind == "url" and given and not given.startswith(("postgres://", "postgresql://")):
        value, wanted = (
            "…",
            Text("以 postgres:// 开头的地址，或空", "an address that starts with postgres://, or empty"),
        )
    if wanted:
        raise BadConfiguration(setting.variable, value, wanted)


def _file(environment: Mapping[str, str]) -> tuple[Path, bool]:
    """The settings file, and whether somebody named it."""
    if environment.get("OREFLOW_CONFIG"):
        return Path(environment["OREFLOW_CONFIG"]).expanduser(), True
    data = environment.get("OREFLOW_DATA")
    demonstration = environment.get("OREFLOW_DEMONSTRATION", "").lower() in TRUE
    return (
        Path(data).expanduser() if data else default_data_folder(demonstration=demonstration)
    ) / "oreflow.toml", False


def _written(path: Path, asked: bool) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except (FileNotFoundError, NotADirectoryError) as error:
        if asked:
            raise BadConfiguration("OREFLOW_CONFIG", str(path), Text("一个存在的文件", "a file that exists")) from error
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfiguration(
            str(path), str(error), Text("可读的 TOML 文件", "a TOML file that can be read")
        ) from error
    for name, value in table.items():
        if name not in _BY_NAME:
            known = ", ".join(_BY_NAME)
            raise BadConfiguration(f"{path}: {name}", str(value), Text(f"下列之一：{known}", f"one of: {known}"))
    return {name: _as_text(value) for name, value in table.items()}


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(str(v) for v in value) if isinstance(value, list) else str(value)
