"""The dashboard: ``streamlit run dashboard.py -- RESULTS_FOLDER``, or ``tellings dashboard``."""

from analytics.views.app import run

run()
