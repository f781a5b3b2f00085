"""The app of operations."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Label of the tables."""

    name = "oreflow.console.operations"
    label = "operations"
