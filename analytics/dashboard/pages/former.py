"""Page: an address of an earlier version, which leads to the same view where it is now."""

import streamlit as st

from analytics.dashboard.parts.former_addresses import moved
from analytics.dashboard.view import page


def main() -> None:
    former = (st.context.url or "").split("?")[0].rstrip("/").rpartition("/")[2]
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    name, parameters = moved(former, asked)
    st.switch_page(page(name), query_params=parameters)


main()
