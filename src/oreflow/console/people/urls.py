"""Addresses of sign-in, one's own account and the administration of people."""

from __future__ import annotations

from django.urls import path

from .views import account, factor, organisations, sign_in, users

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/code", sign_in.code, name="sign-in-code"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("account/", account.profile, name="account"),
    path("account/acting", account.acting, name="account-acting"),
    path("account/password", account.password, name="account-password"),
    path("account/second-factor", factor.set_up, name="account-factor"),
    path("account/second-factor/picture", factor.picture, name="account-factor-picture"),
    path("account/second-factor/remove", factor.remove, name="account-factor-remove"),
    path("account/second-factor/codes", factor.renew_codes, name="account-codes"),
    path("account/sessions", account.open_sessions, name="account-sessions"),
    path("account/sessions/end", account.end_session, name="account-end-session"),
    path("account/tokens", account.tokens, name="account-tokens"),
    path("account/tokens/<int:token_id>/revoke", account.revoke_token, name="account-revoke-token"),
    path("account/delegation", account.delegation, name="account-delegation"),
    path(
        "account/delegation/<int:membership_id>/withdraw",
        account.withdraw_delegation,
        name="account-withdraw-delegation",
    ),
    path("people/", users.people, name="people"),
    path("people/add", users.add, name="people-add"),
    path("people/log", users.log, name="people-log"),
    path("people/<int:user_id>", users.person, name="person"),
    path("people/<int:user_id>/reset-password", users.reset_password, name="person-reset-password"),
    path("people/<int:user_id>/roles/<int:membership_id>/withdraw", users.withdraw, name="person-withdraw"),
    path("people/<int:user_id>/<slug:what>", users.act, name="person-act"),
    path(
        "people/organisations/<int:organisation_id>/changes",
        organisations.organisation_changes,
        name="organisation-changes",
    ),
]
