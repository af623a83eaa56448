"""Addresses of delegations: coming in, asking to, the focal point's desk, the secretariat's.

What names a row stands in the form that is sent, so that an address says no more than the page.
"""

from __future__ import annotations

from django.urls import path

from partnership.members.views import (
    asking,
    colleagues,
    coming_in,
    functions,
    invitations,
    people,
    profiles,
    requests,
    roll,
    secretariat,
    vouching,
)

app_name = "members"
PLACE = "desk/delegation/<slug:kind>/<slug:key>/"
DESK = "desk/members/"

urlpatterns = [
    path("invitation/", coming_in.enter_code, name="enter-code"),
    path("invitation/<str:token>/", coming_in.invitation, name="invitation"),
    path("invitation/<str:token>/new/", coming_in.new_invitation, name="new-invitation"),
    path("account/delegation/", asking.ask_to_join, name="ask-to-join"),
    path("account/delegation/withdraw/", asking.withdraw, name="withdraw-request"),
    path("account/colleagues/", colleagues.colleagues, name="colleagues"),
    path("desk/delegation/", people.delegations, name="delegations"),
    path(PLACE, people.delegation, name="delegation"),
    path(f"{PLACE}sheet/", people.people_sheet, name="people-sheet"),
    path(f"{PLACE}post/", people.change_post, name="change-post"),
    path(f"{PLACE}invitations/", invitations.invitation_list, name="invitations"),
    path(f"{PLACE}invitations/change/", invitations.change_invitation, name="change-invitation"),
    path(f"{PLACE}requests/", requests.request_list, name="requests"),
    path(f"{PLACE}requests/answer/", requests.answer, name="answer-request"),
    path(f"{PLACE}recoveries/", vouching.recoveries, name="recoveries"),
    path(f"{PLACE}recoveries/answer/", vouching.answer, name="answer-recovery"),
    path(f"{DESK}recoveries/", vouching.all_recoveries, name="desk-recoveries"),
    path(f"{DESK}recoveries/answer/", vouching.answer_any, name="desk-answer-recovery"),
    path(f"{PLACE}profile/", profiles.profile, name="profile"),
    path(f"{PLACE}functions/", functions.function_list, name="functions"),
    path(f"{PLACE}functions/change/", functions.change_function, name="change-function"),
    path(f"{PLACE}handover/", functions.handover, name="handover"),
    path(f"{DESK}appointments/", secretariat.appointments, name="desk-appointments"),
    path(f"{DESK}letters/<uuid:uuid>/", secretariat.letter, name="letter"),
    path(f"{DESK}invitations/", invitations.all_invitations, name="desk-invitations"),
    path(
        f"{DESK}invitations/change/",
        invitations.change_any_invitation,
        name="desk-change-invitation",
    ),
    path(f"{DESK}requests/", requests.passed_on, name="desk-requests"),
    path(f"{DESK}requests/answer/", requests.answer_passed_on, name="desk-answer-request"),
    path(f"{DESK}domains/", secretariat.domains, name="desk-domains"),
    path(f"{DESK}profiles/", profiles.queue, name="desk-profiles"),
    path(f"{DESK}handovers/", secretariat.handovers, name="desk-handovers"),
    path(f"{DESK}countries/", roll.roll_list, {"of": "countries"}, name="desk-countries"),
    path(f"{DESK}institutions/", roll.roll_list, {"of": "institutions"}, name="desk-institutions"),
    path(f"{DESK}institutions/new/", roll.new_institution, name="desk-new-institution"),
    path(f"{DESK}roll/<slug:kind>/<slug:key>/", roll.member, name="desk-member"),
    path(
        f"{DESK}countries/sheet/",
        roll.roll_sheet,
        {"of": "countries"},
        name="desk-countries-sheet",
    ),
    path(
        f"{DESK}institutions/sheet/",
        roll.roll_sheet,
        {"of": "institutions"},
        name="desk-institutions-sheet",
    ),
]
