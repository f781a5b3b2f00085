"""What keeps the console from starting, with the way out in both languages."""

from __future__ import annotations

from oreflow.core.provenance import Text


class ConsoleError(Exception):
    """Base of the errors of the console; `code` is stable, `text` says what and what to do."""

    code = "console"

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class OpenHostRefused(ConsoleError):
    """The console has no accounts yet, so it answers on loopback unless told explicitly."""

    code = "console.open-host"

    def __init__(self, host: str) -> None:
        super().__init__(
            Text(
                f"不在“{host}”上启动：控制台目前没有账号，任何能连上的人都能看。"
                "请改用 127.0.0.1；确实要对外时，明确允许外部地址，并给出允许的主机名。",
                f"Not starting on “{host}”: the console has no accounts yet, so everyone who can connect can"
                " read it. Use 127.0.0.1, or allow outside addresses explicitly and name the allowed hosts.",
            )
        )


class PortTaken(ConsoleError):
    """Another program listens on the port."""

    code = "console.port-taken"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            Text(
                f"{host} 的端口 {port} 已被占用。请关闭占用它的程序，或换一个端口，例如 {port + 1}。",
                f"Port {port} on {host} is taken. Close the program that uses it,"
                f" or choose another port, for example {port + 1}.",
            )
        )


class CannotListen(ConsoleError):
    """The address is not this machine's, or the port needs more rights."""

    code = "console.cannot-listen"

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            Text(
                f"无法在 {host} 的端口 {port} 上监听（{reason}）。请用本机地址，例如 127.0.0.1，以及 1024 以上的端口。",
                f"Cannot listen on {host}, port {port} ({reason})."
                " Use an address of this machine, such as 127.0.0.1, and a port above 1024.",
            )
        )


class AssetsMissing(ConsoleError):
    """The browser assets were never fetched, or only in part."""

    code = "console.assets-missing"

    def __init__(self, missing: str) -> None:
        super().__init__(
            Text(
                f"缺少浏览器资源：{missing}。请在项目根目录运行 npm ci，再运行 python -m oreflow.console.assets。",
                f"Browser assets are missing: {missing}. Run npm ci in the project root,"
                " then python -m oreflow.console.assets.",
            )
        )


class BadConfiguration(ConsoleError):
    """A setting has a value that nothing can be done with."""

    code = "console.configuration"

    def __init__(self, name: str, value: str, wanted: Text) -> None:
        super().__init__(
            Text(
                f"设置“{name}”的值“{value}”无法使用。应为{wanted.zh}。",
                f"The setting “{name}” has the value “{value}”, which cannot be used. It must be {wanted.en}.",
            )
        )
