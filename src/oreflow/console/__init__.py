"""The console: read-only pages and the REST API on the built-in regions.

`serve(host, port, open_browser)` starts it; `assets.copy_assets()` fetches its browser assets.
"""

from .errors import ConsoleError
from .server import serve

__all__ = ["ConsoleError", "serve"]
