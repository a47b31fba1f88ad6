// What of a page's parameters means a list of sessions. Pages use some names for themselves: the element that a heatmap shows,
// the layer, a table's order. On the way to a session, and from there back to the list, these stay behind.
import { kept, LIST_FILTERS, type Search } from "./search";

/** Period, segment, filters and order of the list. Parameters that the API takes only together, and that came alone, are left out. */
export function listSearch(search: Search): Search {
  const { sort, order } = search;
  const filters = Object.fromEntries(LIST_FILTERS.filter((name) => search[name] !== undefined).map((name) => [name, search[name]]));
  const found: Search = { ...kept(search), ...filters, sort, order };
  if (found.element_screen === undefined) found.element = found.element_width = found.element_signal = undefined;
  if (found.place === undefined || found.place_kind === undefined) found.place = found.place_kind = found.place_screen = found.place_type = undefined;
  return found;
}
