"""Sign-in and its kin."""

from django.http import HttpRequest, HttpResponse


def locked_out(request: HttpRequest, *args, **kwargs) -> HttpResponse:  # noqa
    return HttpResponse(status=429)
