"""What an installation sets: read from the environment, else from a TOML file, else the default.

Every setting has one name in three spellings: `OREFLOW_DATABASE_URL` in the environment is
`database_url` in the file. The file is `oreflow.toml` in the data folder, or what OREFLOW_CONFIG names.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oreflow.core.provenance import Text

from .errors import BadConfiguration

TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the file, its default and what it does."""

    name: str
    default: str
    meaning: Text
    secret: bool = False

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
    ),
    Setting(
        "log_format",
        "plain",
        Text("日志格式：plain 或 json", "Form of the log: plain or json"),
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
        """A yes or no.

        Raises
        ------
        BadConfiguration
            For any other word.
        """
        value = self.values[name].strip().lower()
        if value in TRUE or value in FALSE:
            return value in TRUE
        raise BadConfiguration(_BY_NAME[name].variable, self.values[name], Text("yes 或 no", "yes or no"))

    def number(self, name: str) -> int:
        """A whole number of 0 or more.

        Raises
        ------
        BadConfiguration
            For anything else.
        """
        value = self.values[name].strip()
        if value.isascii() and value.isdigit():
            return int(value)
        raise BadConfiguration(
            _BY_NAME[name].variable, self.values[name], Text("0 或正整数", "0 or a positive whole number")
        )

    @property
    def data(self) -> Path:
        """The data folder; it may not exist yet."""
        given = self.values["data"]
        return Path(given).expanduser() if given else default_data_folder(demonstration=self.flag("demonstration"))

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
        For a file that cannot be read, or a name in it that is no setting.
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
    return Configuration(values, origins)


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
    except FileNotFoundError as error:
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
