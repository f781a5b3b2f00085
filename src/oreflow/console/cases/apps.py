"""The app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Label of the tables; once they are there, approvals of the registers become cases."""

    name = "oreflow.console.cases"
    label = "cases"

    def ready(self) -> None:
        """Put the desk in place for the registers."""
        from oreflow.console.registers.approvals import use

        from . import approvals  # models can be read only now

        use(approvals)
