"""docgen's own forms, by key."""

from docgen.forms.form import Form
from docgen.forms.loader import find_form, own_keys

FORMS: dict[str, Form] = {key: form for key in own_keys() if (form := find_form(key))}
FORM = FORMS["disclosure-2021"]
