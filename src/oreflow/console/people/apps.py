"""The app of organisations and people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Label of the tables; listens for people signing in and out."""

    name = "oreflow.console.people"
    label = "people"

    def ready(self) -> None:
        """Connect the signals."""
        from . import sessions

        del sessions
