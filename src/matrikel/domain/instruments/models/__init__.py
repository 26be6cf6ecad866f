from matrikel.domain.instruments.models.form import Approval, FormVersion, OfficialWording
from matrikel.domain.instruments.models.opening import Opening
from matrikel.domain.instruments.models.response import Response, Score, Section

__all__ = ["Approval", "FormVersion", "OfficialWording", "Opening", "Response", "Score", "Section"]
