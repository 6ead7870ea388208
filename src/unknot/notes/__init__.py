"""What would a colleague write: what was charted in a session in, a drafted SOAP note out."""

from unknot.notes.charted import Activity, Charted, Check, Finding, Hold, Measured, Motion
from unknot.notes.draft import SoapNote, as_text, draft

__all__ = [
    "Activity",
    "Charted",
    "Check",
    "Finding",
    "Hold",
    "Measured",
    "Motion",
    "SoapNote",
    "as_text",
    "draft",
]
