from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "matrikel.web"
    label = "web"

    def ready(self) -> None:
        from matrikel.web.accounts import listen

        listen()
