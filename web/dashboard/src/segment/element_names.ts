// What the elements of an address are called: it holds selectors, people know the words on a button.
import { queryOptions, useQueries } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { elementName } from "../format";
import { useProject } from "../place";
import type { Search } from "../search";

/** `screen`: where it is, when that is known. */
export type NameOf = (element: string, screen?: string) => string;
export const bySelector: NameOf = (element) => element;

/** Words on a page rarely change. */
const STALE_MS = 600_000;

interface Place {
  element: string;
  screen: string | undefined;
}

/** The elements that the conditions of an address are about, each once. */
export function elementsIn({ place_kind, place, place_screen, element, element_screen, signal_element, signal_screen, having = [] }: Search): Place[] {
  const found: Place[] = [];
  const add = (name: string | undefined, screen: string | undefined) => {
    if (name && !found.some((one) => one.element === name && one.screen === (screen || undefined))) found.push({ element: name, screen: screen || undefined });
  };
  if (place_kind === "element") add(place, place_screen);
  if (element_screen !== undefined) add(element, element_screen);
  add(signal_element, signal_screen);
  for (const one of having) if (one.startsWith("element:")) add(one.slice("element:".length), undefined);
  return found;
}

function labelQuery(slug: string, { element, screen }: Place) {
  return queryOptions({
    queryKey: ["element-label", slug, element, screen],
    staleTime: STALE_MS,
    queryFn: async ({ signal }) => {
      const params = { path: { slug }, query: { of_element: element, of_screen: screen } };
      return (await dataOf(client.GET("/api/projects/{slug}/element-label", { params, signal }))).label;
    },
  });
}

/** Selectors until the words have come, and where there are none. */
export function useElementNames(search: Search): NameOf {
  const slug = useProject();
  const places = elementsIn(search);
  const labels = useQueries({ queries: places.map((place) => labelQuery(slug, place)) }).map(({ data }) => data);
  return (element, screen) => {
    const at = places.findIndex((place) => place.element === element && place.screen === (screen || undefined));
    return elementName(element, labels[at]);
  };
}
