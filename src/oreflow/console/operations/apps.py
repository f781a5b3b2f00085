"""The app of operations."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Label of the tables; counts failed sign-ins."""

    name = "oreflow.console.operations"
    label = "operations"

    def ready(self) -> None:
        """Listen for failed sign-ins."""
        from django.contrib.auth.signals import user_login_failed

        from .metrics import count_failed_sign_in

        user_login_failed.connect(count_failed_sign_in, dispatch_uid="oreflow-failed-sign-ins")
