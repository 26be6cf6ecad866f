"""All components in all states, in a demo only."""

from django.http import HttpResponse
from django.shortcuts import render

from matrikel.domain.access import door as access
from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.kernel.errors import Missing


@page(Right.HOME)
def styleguide(request: StaffRequest) -> HttpResponse:
    if not access.is_demo():
        raise Missing
    return render(request, "styleguide.html")
