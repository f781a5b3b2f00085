"""The app of registers."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Label of the tables."""

    name = "oreflow.console.registers"
    label = "registers"
