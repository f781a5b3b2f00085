"""The app of organisations and people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Label of the tables."""

    name = "oreflow.console.people"
    label = "people"
