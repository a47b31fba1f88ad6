// What was clicked: the nearest interactive element, a selector that survives a rebuild, and a readable label.

import { maskText, starTyped } from "./privacy";

export type Interactive = "native" | "aria" | "cursor" | "none";

const EDITOR = "[contenteditable]:not([contenteditable=false])";
/** Where a person enters something. */
export const FIELD = "input,textarea,select," + EDITOR;
const NATIVE = "a[href],button,label,summary,option," + FIELD;
const ARIA = "[role][tabindex],[role=button]";
const PRIVATE = "[data-private],[data-block]," + EDITOR;
const MAX_LABEL = 80;

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

function pathOf(element: Element): string {
  for (const name of ["data-mien-id", "id", "data-testid", "data-test", "data-cy"]) {
    const value = element.getAttribute(name);
    if (!value) continue;
    if (name !== "id") return `[${name}=${JSON.stringify(starTyped(value))}]`;
    // Frameworks number their ids anew at each build or render: such an id names nothing.
    const isGenerated = /\d{3}|[\da-f]{8}|^(mui|react|mat|cdk)-/.test(value);
    if (!isGenerated && /^[a-z][\w-]{0,39}$/i.test(value)) return "#" + value;
  }
  const tag = element.localName;
  // A form's properties may be its fields: one called "children" exists, "childNodes" does not.
  const parent = element.parentElement;
  const twins = [...element.parentNode!.childNodes].filter((child) => (child as Element).localName === tag) as Element[];
  const step = twins[1] ? `${tag}:nth-of-type(${twins.indexOf(element) + 1})` : tag;
  return parent && tag !== "body" ? `${pathOf(parent)} > ${step}` : step;
}

/**
 * A stable selector: `data-mien-id`, id, test id, else a path of tags from the nearest named ancestor. Never a class.
 * A shadow root is crossed with " >>> ".
 */
export function selectorOf(element: Element): string {
  const { host } = element.getRootNode() as ShadowRoot;
  return (host ? selectorOf(host) + " >>> " : "") + pathOf(element);
}

/** What the element is called on the page, at most 80 characters, masked; nothing that was typed or is private. */
export function labelOf(element: Element, interactive: Interactive): string | undefined {
  if (element.closest(PRIVATE)) return undefined;
  const input = element as HTMLInputElement;
  const text =
    input.ariaLabel ||
    input.alt ||
    element.getAttribute("title") ||
    (element.matches(FIELD)
      ? /submit|button|reset/.test(input.type) ? input.value : input.name
      : // The text of what is no control, or holds fields, may be the whole page or what was typed.
        !element.querySelector(interactive === "none" ? "*" : `${PRIVATE},${FIELD}`) && element.textContent) ||
    "";
  return maskText(text.trim().replace(/\s+/g, " ")).slice(0, MAX_LABEL) || undefined;
}

/** The name of a surface where nothing answers, or everything does; undefined for ordinary elements. */
export const surfaceOf = (path: readonly Element[]): string | undefined =>
  (find(path, "[data-mien-surface]") as HTMLElement | undefined)?.dataset.mienSurface ??
  Object.entries({
    canvas: "canvas",
    video: "video,audio",
    map: "[class*=gl-map],.leaflet-container,.gm-style",
    slider: "[type=range],[role=slider]",
    editor: EDITOR,
  }).find(([, selector]) => find(path, selector))?.[0];

/** True when the element stays in place while the page scrolls. */
export const isFixed = (path: readonly Element[]): boolean =>
  path.some((element) => /fixed|sticky/.test(getComputedStyle(element).position));
