"""The app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Label of the tables."""

    name = "oreflow.console.cases"
    label = "cases"
