"""A server of one page that holds nothing: what a live tick costs before the club does anything.

streamlit run benchmarks/empty_app.py
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "empty_page.py")
