// Clicks and taps, each held until the page answered it or 3 seconds passed. Detectors run on the server.

import { emit, screen, sizes, type Place } from "../core";
import { FIELD, find, interactiveOf, isFixed, labelOf, selectorOf, surfaceOf } from "../element";
import { later, listen, now, on, signal, tell, wrap, type AnswerKind } from "../guard";
import { watchMutations } from "../mutations";
import { next } from "../tab";
import type { Metadata } from "../wire";

const WAIT_MS = 3_000; // signals.md A.2, dead_click
const REQUEST_START_MS = 1_000; // a request counts when it began this soon after the click
const SCROLL_START_MS = 300; // signals.md A.2, excessive_scroll: so soon after a click it is the page that scrolls
const PROMPT_MS = 50; // own choice: a request that is also made by itself (a poll) counts only when made at once
const SCROLL_GAP_MS = 150; // events of one scroll come closer together than that
const ECHO_MS = 20; // nobody clicks twice within that

interface HeldClick {
  metadata: Metadata;
  place: Place;
  hit: Element;
  at: number;
  /** When the button went down: the page may answer that already. */
  downAt: number;
  /** When the person next pressed or scrolled somewhere else: what comes after that belongs to that. */
  nextAt?: number;
  leavingAt?: number;
  /** Changes of the page that may turn out to be of those that come by themselves. */
  maybe: [at: number, isRestless: (downAt: number) => boolean][];
}

export function clicks(): void {
  const held = new Set<HeldClick>();
  const watch = watchMutations(() => (told ? -1 : held.size));
  let downAt = 0;
  let pressed: Node | undefined; // what the button went down on
  let last: [kind: AnswerKind, began: number] | undefined; // what the button's going down did at once
  let lastAt = 0; // of a click
  let told: HeldClick | undefined; // while its event is being dispatched
  let scrolledAt = 0;
  let scrollBegan = 0;

  /** Without a response nobody knows whether the page would have answered; null says that it did not. */
  function release(click: HeldClick, response?: AnswerKind | null, answeredAt = now()): void {
    const response_ms = response && Math.max(0, Math.round(answeredAt - click.at));
    // What is undefined is not sent.
    if (held.delete(click)) emit("click", { ...click.metadata, response, response_ms }, click.place);
  }

  /** With the first change that is an answer after all. */
  function settle(click: HeldClick): unknown {
    const found = click.maybe.find(([, isRestless]) => !isRestless(click.downAt));
    if (found) release(click, "mutation", found[0]);
    return found;
  }

  const left = (): void =>
    held.forEach((click) => settle(click) || release(click, click.leavingAt ? "navigation" : undefined));

  function clicked(event: PointerEvent, at: number): void {
    const nodes = event.composedPath();
    const path = nodes.filter((node): node is Element => node instanceof Element);
    // A click on a label is followed at once by the browser's own click on its control: one act, one event.
    if (!event.isTrusted || event.button || find(path, "[data-mien-ignore]") || at - lastAt < ECHO_MS) return;
    lastAt = at;
    const click: HeldClick = { ...describe(event, path), at, downAt, maybe: [] };
    held.forEach((other) => other.hit === click.hit && (other.nextAt = undefined));
    held.add(click);
    told = click;
    later(() => (told = undefined), 0);
    nodes.forEach((node) => node instanceof ShadowRoot && watch(node));
    // The browser opens a link beside this page, which is told nothing.
    if (find(path, "a[href]") && (event.ctrlKey || event.metaKey || event.shiftKey)) release(click, "new_tab", at);
    // Menus open when the button goes down, before there is a click.
    if (last && last[1] >= downAt) release(click, last[0], at);
    // A page that is being left is answered when it is gone; what is still here after 3 s is a slow one, or a download.
    later(() => {
      if (!settle(click)) release(click, click.leavingAt ? "navigation" : null, click.leavingAt);
    }, WAIT_MS);
  }

  watch(document);
  on("answer", (kind, began, isRestless) => {
    if (kind !== "request" && began - downAt < PROMPT_MS) last = [kind, began];
    held.forEach((click) => {
      const delay = began - click.at;
      if (began < click.downAt || began >= click.nextAt!) return;
      if (kind === "request") {
        if (delay <= (isRestless!(0) ? PROMPT_MS : REQUEST_START_MS)) release(click, kind);
      } else if (kind === "scroll") {
        // The wheel that has caused it may be told of a moment later.
        if (delay <= SCROLL_START_MS) later(() => click.nextAt! <= began || release(click, kind, began), SCROLL_GAP_MS);
      } // What the page's own listeners do while they are being told of the click is an answer in any case.
      else if (click.nextAt) return;
      else if (!isRestless || click === told) release(click, kind);
      else click.maybe.push([began, isRestless]);
    });
  });
  on("leaving", () => held.forEach((click) => click.nextAt || (click.leavingAt = now())));
  on("leave", left);
  on("end", left);
  on("acted", (at) => held.forEach((click) => (click.nextAt ??= at)));
  listen("pointerdown", (_, at, target) => {
    downAt = at;
    pressed = target;
  });
  listen("click", clicked);
  // Where nobody stops it, the event ends here: a timer that is due right now is none of its listeners.
  addEventListener("click", () => (told = undefined), { signal });
  listen("copy", (_, at) => tell("answer", "copy", at));
  listen("selectionchange", (_, at) => getSelection()!.isCollapsed || tell("answer", "selection", at));
  listen("focusin", (_, at, target) => {
    // The clicked thing itself takes the focus: that is no answer, unless one can type into it.
    if (target.matches(FIELD) || !target.contains(pressed!)) tell("answer", "focus", at);
  });
  listen("scroll", (_, at, target) => {
    if (at - scrolledAt > SCROLL_GAP_MS) scrollBegan = at;
    scrolledAt = at;
    // A text that scrolls inside of its field is being typed.
    if (!target.matches?.(FIELD)) tell("answer", "scroll", scrollBegan);
  });
  const opens = (kind: AnswerKind) => (call: () => unknown) => {
    tell("answer", kind, now());
    return call();
  };
  wrap(window, "open", opens("new_tab"));
  wrap(navigator.clipboard, "writeText", opens("copy")); // last: not there on plain http
}

function describe(event: PointerEvent, path: Element[]): Pick<HeldClick, "hit" | "metadata" | "place"> {
  const [element, interactive] = interactiveOf(path);
  const box = element.getBoundingClientRect();
  const { detail } = event; // 0: the keyboard, which clicks nowhere
  const place = {
    screen,
    at: Math.round(Date.now() - now() + event.timeStamp), // exact even where this runs late
    element_id: selectorOf(element),
    x: detail ? Math.round(event.pageX) : undefined,
    y: detail ? Math.round(event.pageY) : undefined,
    scroll: Math.round(scrollY),
  };
  const metadata = {
    seq: next("event"),
    ...sizes(),
    rel_x: share((event.clientX - box.left) / box.width),
    rel_y: share((event.clientY - box.top) / box.height),
    fixed: isFixed(path),
    tag: element.localName,
    role: element.getAttribute("role"), // `element.role` of a form may be its field of that name
    label: labelOf(element, interactive),
    detail,
    pointer: event.pointerType,
    surface: surfaceOf(path),
    interactive,
    selection: !getSelection()!.isCollapsed,
  };
  return { hit: element, place, metadata };
}

const share = (part: number): number => +Math.min(1, Math.max(0, part)).toFixed(3);
