"""The forms docgen knows, each a declaration of data."""

from docgen.forms import disclosure_2019, disclosure_2021
from docgen.forms.form import Form

FORMS: dict[str, Form] = {form.key: form for form in (disclosure_2021.FORM, disclosure_2019.FORM)}
