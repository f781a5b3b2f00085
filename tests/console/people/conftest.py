"""People who sign in with a password, and the time told to every clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from oreflow.console import clock
from oreflow.console.people.models import User

from ..world import NOW, PASSWORD, World


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    """It is a Monday morning."""
    with clock.at(NOW):
        yield


@pytest.fixture
def entrants(world: World) -> World:
    """The same world, where everybody has a password."""
    for user in world.people.values():
        user.set_password(PASSWORD)
        user.save()
    return world


def enter(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    """Send the sign-in form."""
    return client.post("/sign-in", {"username": username, "password": password, **more})


def factor_of(user: User) -> TOTPDevice:
    """A confirmed second factor."""
    return TOTPDevice.objects.create(user=user, name="TOTP", confirmed=True)


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    """The code that the device shows now, or some steps of half a minute away."""
    return f"{totp(device.bin_key, drift=steps):06d}"


def wrong_of(device: TOTPDevice) -> str:
    """A code that the device shows neither now nor within some minutes."""
    near = {code_of(device, steps) for steps in range(-9, 10)}
    return next(code for code in (f"{n:06d}" for n in range(20)) if code not in near)


def signed_in(client: Client) -> bool:
    """Whether the browser is let in."""
    return client.get("/account/").status_code == 200
