"""The region's report: findings, sentences, comparisons and flows with pictures, HTML and PDF."""

from .write import ReportError, render_pdf, render_report, write_report

__all__ = ["ReportError", "render_pdf", "render_report", "write_report"]
