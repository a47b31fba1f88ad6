// What was clicked: the nearest interactive element, a selector that survives a rebuild, and a readable label.

import { maskText } from "./privacy";

export type Interactive = "native" | "aria" | "cursor" | "none";

const EDITOR = "[contenteditable]:not([contenteditable=false])";
/** Where a person enters something. */
export const FIELD = "input,textarea,select," + EDITOR;
const NATIVE = "a[href],button,label,summary,option," + FIELD;
const ARIA = "[role][tabindex],[role=button]";
const PRIVATE = "[data-private],[data-block]," + EDITOR;
// Where nothing answers, or everything does.
const SURFACES = {
  canvas: "canvas",
  video: "video,audio",
  map: ".leaflet-container,.mapboxgl-map,.maplibregl-map,.gm-style",
  slider: "[type=range],[role=slider]",
  editor: EDITOR,
};
const NAMES = ["data-mien-id", "id", "data-testid", "data-test", "data-cy"];
// Frameworks number their ids anew at each build or render: such an id names nothing.
const GENERATED = /\d{3}|[0-9a-f]{8}|^(radix|headlessui|mui|react|ember|mat|cdk)-/;
const MAX_LABEL = 80;
const MAX_LEVELS = 12;

/** The first element of the path that matches. A path goes outwards from the target, through shadow roots. */
export const find = (path: readonly Element[], selector: string): Element | undefined =>
  path.find((element) => element.matches(selector));

/** The nearest ancestor that a person would call "the thing I clicked", and why it is taken for one. */
export function interactiveOf(path: readonly Element[]): [element: Element, interactive: Interactive] {
  for (const element of path) {
    if (element.matches(NATIVE)) return [element, "native"];
    if (element.matches(ARIA)) return [element, "aria"];
  }
  // `cursor` is inherited: the outermost element in a row that has it is the one that set it.
  const end = path.findIndex((element) => getComputedStyle(element).cursor !== "pointer");
  return end > 0 ? [path[end - 1]!, "cursor"] : [find(path, "[data-mien-id]") ?? path[0]!, "none"];
}

/** A selector from the element's own names; undefined when it has none. */
function nameOf(element: Element): string | undefined {
  for (const name of NAMES) {
    const value = element.getAttribute(name);
    if (!value) continue;
    if (name !== "id") return `[${name}=${JSON.stringify(value)}]`;
    if (/^[a-z][\w-]{0,39}$/i.test(value) && !GENERATED.test(value)) return "#" + value;
  }
  return undefined;
}

function pathOf(element: Element, levels: number): string {
  const name = nameOf(element);
  if (name) return name;
  const tag = element.localName;
  const parent = element.parentElement;
  const twins = [...element.parentNode!.children].filter((child) => child.localName === tag);
  const step = twins[1] ? `${tag}:nth-of-type(${twins.indexOf(element) + 1})` : tag;
  return parent && levels && tag !== "body" ? `${pathOf(parent, levels - 1)} > ${step}` : step;
}

/**
 * A stable selector: `data-mien-id`, id, test id, else a path of tags from the nearest named ancestor. Never a class.
 * A shadow root is crossed with " >>> ".
 */
export function selectorOf(element: Element): string {
  const { host } = element.getRootNode() as ShadowRoot;
  return (host ? selectorOf(host) + " >>> " : "") + pathOf(element, MAX_LEVELS);
}

/** What the element is called on the page, at most 80 characters, masked; nothing that was typed or is private. */
export function labelOf(element: Element, interactive: Interactive): string | undefined {
  if (element.closest(PRIVATE)) return undefined;
  const { alt, ariaLabel, name, title, type, value } = element as HTMLInputElement;
  let text = ariaLabel || alt || title || "";
  if (!text && element.matches(FIELD)) text = /submit|button|reset/.test(type) ? value : name;
  // The text of what is no control, or holds fields, may be the whole page or what was typed.
  else if (!text && !element.querySelector(interactive === "none" ? "*" : `${PRIVATE},${FIELD}`)) {
    text = element.textContent ?? "";
  }
  return maskText(text.trim().replace(/\s+/g, " ")).slice(0, MAX_LABEL) || undefined;
}

/** The name of an unusual surface; undefined for ordinary elements. */
export const surfaceOf = (path: readonly Element[]): string | undefined =>
  find(path, "[data-mien-surface]")?.getAttribute("data-mien-surface") ??
  Object.entries(SURFACES).find(([, selector]) => find(path, selector))?.[0];

/** True when the element stays in place while the page scrolls. */
export const isFixed = (path: readonly Element[]): boolean =>
  path.some((element) => /fixed|sticky/.test(getComputedStyle(element).position));
