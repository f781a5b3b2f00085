"""What commands on an installation share: the console set up, its database there, its refusals told plainly."""

from __future__ import annotations

import os
from collections.abc import Callable

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
