"""The first page after log-in: each role goes to the page its day begins with."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from matrikel.domain.access.door import Right, StaffRequest, page

BEGINNINGS = (
    (Right.PERSON_SEARCH, "today"),
    (Right.FIGURE_READ, "results"),
    (Right.LOG_READ, "log"),
    (Right.STAFF_WRITE, "staff"),
)


@page(Right.HOME)
def home(request: StaffRequest) -> HttpResponse:
    for right, name in BEGINNINGS:
        if request.by.may(right):
            return redirect(name)
    return render(request, "403.html", status=403)
