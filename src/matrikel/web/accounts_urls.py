"""The few pages of django-allauth that are mounted: no sign-up, no e-mail administration, no password by mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("losenord/", account.password_change, name="account_change_password"),
    path("inaktivt/", account.account_inactive, name="account_inactive"),
    path("engangskod/", mfa.authenticate, name="mfa_authenticate"),
    path("bekrafta/engangskod/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("engangskoder/", mfa.index, name="mfa_index"),
    path("engangskoder/aktivera/", totp.activate_totp, name="mfa_activate_totp"),
    path("engangskoder/stang-av/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("reservkoder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("reservkoder/nya/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("reservkoder/fil/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
