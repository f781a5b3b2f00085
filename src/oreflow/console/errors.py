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
    """The console answers on loopback unless told explicitly; a demonstration always."""

    code = "console.open-host"

    def __init__(self, host: str) -> None:
        super().__init__(
            Text(
                f"不在“{host}”上启动：其他机器可以连到这个地址。请改用 127.0.0.1，并由带 HTTPS 的反向代理对外；"
                "确实要直接对外时，加 --allow-remote，并用 OREFLOW_ALLOWED_HOSTS 给出主机名。演示模式只在本机。",
                f"Not starting on “{host}”: other machines reach that address. Use 127.0.0.1 behind a reverse proxy"
                " with HTTPS, or allow outside addresses with --allow-remote and name the hosts in"
                " OREFLOW_ALLOWED_HOSTS. A demonstration stays on this machine.",
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
