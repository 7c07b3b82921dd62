"""Makes each change of a control a step that the browser's Back undoes. The toolkit's page would write the new address
over the old one."""

from __future__ import annotations

# The first change of address after something the user did is a step of its own; what follows from it, as when both
# dates are set by one stretch of a chart, belongs to the same step; and what the page does by itself, as when it loads
# or answers Back, is none.
SCRIPT = b"""<script>{
let acted = false;
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { acted = true; }, true);
addEventListener("popstate", () => { acted = false; }, true);
const own = {replace: history.replaceState.bind(history), push: history.pushState.bind(history)};
const step = (usual) => (state, unused, address) => {
  const to = address == null ? location : new URL(address, location.href);
  const isOfPage = to.pathname === location.pathname && to.search !== location.search;
  const way = !isOfPage ? usual : acted ? own.push : own.replace;
  if (isOfPage) acted = false;
  way(state, unused, address);
};
history.replaceState = step(own.replace);
history.pushState = step(own.push);
}</script>"""
