"""The dashboard: ``streamlit run dashboard.py -- RESULTS_FOLDER``, or ``tellings dashboard``."""

from analytics.dashboard.app import run

run()
