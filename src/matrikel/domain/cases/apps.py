from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "matrikel.domain.cases"
    label = "cases"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        """The search for people learns what a case number is, and lists what to call a protected person."""
        from matrikel.domain.cases.queries import case_numbers, person_ids_of_case_number
        from matrikel.domain.people import door as people

        people.know_case_numbers(person_ids_of_case_number, case_numbers)
