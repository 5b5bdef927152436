from django.http import HttpResponse
from luc.kernel.pages import Request, page


@page("agencies.accept")
def accept(request: Request, secret: str) -> HttpResponse:
    return HttpResponse(secret)
