"""docgen's own forms; `measure` says where the tests keep them."""

import measure  # noqa: F401  its path
from forms import FORM as FORM
from forms import FORMS as FORMS
