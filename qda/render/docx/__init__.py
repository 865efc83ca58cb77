"""Reports and transcripts as Word documents, written part by part: real headings, tables, footnotes and comments."""

from qda.render.docx.reading import document_text
from qda.render.docx.report import report_document
from qda.render.docx.transcript import transcripts_document

__all__ = ["document_text", "report_document", "transcripts_document"]
