"""Pages of sign-in, one's own account, and the administration of people."""

from .sign_in import locked_out

__all__ = ["locked_out"]
