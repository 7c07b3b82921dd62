"""Makes each change of a control a step that the browser's Back undoes. The toolkit's page would write the new address
over the old one."""

from __future__ import annotations

# A change of address that follows something the user did is a step of its own; one that the page makes by itself, as
# when it loads or answers Back, is not: after Back nothing is pushed until the user does something again.
SCRIPT = b"""<script>{
let byUser = false;
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { byUser = true; }, true);
addEventListener("popstate", () => { byUser = false; }, true);
const replace = history.replaceState.bind(history), push = history.pushState.bind(history);
history.replaceState = (state, unused, address) => {
  const to = address == null ? location : new URL(address, location.href);
  const isStep = byUser && to.pathname === location.pathname && to.search !== location.search;
  (isStep ? push : replace)(state, unused, address);
};
}</script>"""
