"""Words for what a survey holds: languages, groups, the answers of an item."""

from typing import Any

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from matrikel.domain.surveys.indices import Index, short
from matrikel_forms import Form, text_of

GROUP_LABELS: dict[str, Any] = {"sex": _("kön"), "age_band": _("ålder")}
VALUE_LABELS: dict[str, Any] = {"female": _("kvinnor"), "male": _("män")}
NAMES = {"sv-x-lattlast": "lätt svenska", "prs": "دری"}
"""Languages that CLDR has no name for."""


def language_label(lang: str) -> str:
    """The name of a language, in the language itself."""
    return NAMES.get(lang) or Locale.parse(lang).get_language_name() or lang


def value_label(dim: str, value: str) -> str:
    """What one value of a dimension is called."""
    return str(VALUE_LABELS.get(value, value.replace("-", "–") if dim == "age_band" else value))


def option_label(form: Form, item: str, name: str) -> str:
    """What an answer to an item is called; a step of a scale with the words at its ends."""
    asked = form.items[item]
    option = asked.option(name)
    if option is not None:
        return str(text_of(form, option.key, reader()))
    for end, value in (("least", asked.least), ("most", asked.most)):
        key = asked.key(end)
        if value is not None and float(name) == value and key in form.wordings["sv"].texts:
            return f"{name}, {str(text_of(form, key, reader())).lower()}"
    return name


def item_label(form: Form, item: str) -> str:
    """The question, in the reader's language where it has been asked in that."""
    return str(text_of(form, form.items[item].key("text"), reader()))


def index_label(index: Index) -> str:
    """What an index is called on the page of its survey."""
    return short(index.names.get(reader()) or index.names["sv"])


def reader() -> str:
    """The language of whoever reads: English or Swedish."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"
