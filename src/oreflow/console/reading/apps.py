"""The app of the reading desk."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """Label of the tables."""

    name = "oreflow.console.reading"
    label = "reading"
