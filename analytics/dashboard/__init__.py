"""The Streamlit pages: a filter, a comparison, its chart, and the sentences behind it."""
