"""What commands on an installation share: the console set up, its database there, its refusals told plainly."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from oreflow.core.provenance import Text

from .output import Exit, put, spoken

ABSENT = Text("没有这条记录。", "There is no such thing.")


def on_console(work: Callable[[], int], absent: Text = ABSENT, *, prepared: bool = True) -> int:
    """Run `work` on the console's database; refusals become plain words and status 2.

    Parameters
    ----------
    absent
        What to say where something named is not there.
    prepared
        Whether the database must stand, with every migration applied.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oreflow.console.settings")
    from oreflow.console.errors import ConsoleError

    try:
        _set_up(prepared=prepared)
    except ConsoleError as error:
        return _refused([error.text])
    from django.core.exceptions import ObjectDoesNotExist
    from django.http import Http404

    from oreflow.console.refusals import Invalid
    from oreflow.console.report import ReportError

    try:
        return int(work())
    except Invalid as error:
        return _refused(list(error.problems.values()))
    except ConsoleError as error:
        return _refused([error.text])
    except ReportError as error:
        put(str(error), err=True)
        return Exit.BAD_INPUT
    except (ObjectDoesNotExist, Http404):
        return _refused([absent])


def administrator() -> Any:
    """The viewer for whom commands act: the first installation administrator."""
    from oreflow.console.people.access import INSTALLATION, viewer_for
    from oreflow.console.people.models import User
    from oreflow.console.refusals import Invalid
    from oreflow.core.provenance import Text

    user = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if user is None:
        raise Invalid(
            {
                "": Text(
                    "还没有系统管理员。请先运行 oreflow user administrator 用户名。",
                    "There is no installation administrator yet. Run oreflow user administrator NAME first.",
                )
            }
        )
    from oreflow.console import clock

    return viewer_for(user, INSTALLATION, clock.today())


def organisation_of(wish: str) -> Any:
    """The organisation with this unified social credit code, or this name.

    Raises
    ------
    Invalid
    """
    from oreflow.console.people.models import Organisation
    from oreflow.console.refusals import Invalid
    from oreflow.core.provenance import Text

    rows = list(Organisation.objects.filter(uscc=wish)[:2]) or list(Organisation.objects.filter(name=wish)[:2])
    if len(rows) != 1:
        raise Invalid(
            {
                "organisation": Text(
                    f"没有唯一的单位“{wish}”。请用统一社会信用代码。",
                    f"There is no one organisation “{wish}”. Give its unified social credit code.",
                )
            }
        )
    return rows[0]


def _set_up(*, prepared: bool) -> None:
    import django

    django.setup()
    from django.db.utils import OperationalError

    from oreflow.console.operations.errors import NotPrepared
    from oreflow.console.operations.migrating import pending

    try:
        missing = prepared and pending()
    except OperationalError as error:  # no data folder yet, or a server that does not answer
        raise NotPrepared from error
    if missing:
        raise NotPrepared


def _refused(texts: list[Text]) -> int:
    for text in texts:
        put(text.in_language(spoken()), err=True)
    return Exit.BAD_INPUT
