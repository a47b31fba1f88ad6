// Clicks and taps, each held until the page answered it or 3 seconds passed. Detectors run on the server.

import type { AnswerKind } from "../bus";
import { sizes, timeOfEvent, type CaptureContext, type Place } from "../context";
import { FIELD, find, interactiveOf, isFixed, labelOf, selectorOf, surfaceOf } from "../element";
import { all, later, listen, now, type Stop } from "../guard";
import { watchMutations } from "../mutations";
import type { Metadata } from "../wire";

const WAIT_MS = 3_000; // signals.md A.2, dead_click
const LEAVING_WAIT_MS = 10_000; // a page that is being left is answered when it is gone, however slow the next one
const REQUEST_START_MS = 1_000; // a request counts when it began this soon after the click
const PROMPT_MS = 50; // own choice: a request that is also made by itself (a poll) counts only when made at once

const ECHO_MS = 20; // nobody clicks twice within that

interface HeldClick {
  metadata: Metadata;
  place: Place;
  element: Element;
  at: number;
  /** When the button went down: the page may answer that already. */
  downAt: number;
  leavingAt?: number;
}

export function clicks(context: CaptureContext): Stop {
  const { emit, next, on, screen, tell } = context;
  const held = new Set<HeldClick>();
  const mutations = watchMutations(context, () => held.size > 0);
  let downAt = 0;
  let last: [kind: AnswerKind, began: number] | undefined; // the newest answer to anything
  let lastAt = 0; // of a click
  let told: HeldClick | undefined; // while its event is being dispatched

  /** Without a response nobody knows whether the page would have answered; null says that it did not. */
  function release(click: HeldClick, response?: AnswerKind | null, answeredAt = now()): void {
    if (!held.delete(click)) return;
    if (response !== undefined) {
      const response_ms = response && Math.max(0, Math.round(answeredAt - click.at));
      Object.assign(click.metadata, { response, response_ms });
    }
    emit("click", click.metadata, click.place);
  }

  function left(): void {
    held.forEach((click) => release(click, click.leavingAt ? "navigation" : undefined));
  }

  function clicked(event: PointerEvent): void {
    const at = event.timeStamp;
    const nodes = event.composedPath();
    const path = nodes.filter((node): node is Element => node instanceof Element);
    if (!event.isTrusted || event.button || find(path, "[data-mien-ignore]")) return;
    // A click on a label is followed at once by the browser's own click on its control: one act, one event.
    const isEcho = at - lastAt < ECHO_MS;
    lastAt = at;
    if (isEcho) return;

    const click: HeldClick = { ...describe(event, path), at, downAt: Math.min(at, downAt) };
    click.metadata.seq = next("event");
    click.place.screen = screen();
    held.add(click);
    told = click;
    later(() => (told = undefined), 0);
    mutations.observe(nodes.filter((node): node is ShadowRoot => node instanceof ShadowRoot));
    // Menus open when the button goes down, before there is a click.
    if (last && last[1] >= downAt) release(click, last[0], at);
    later(() => click.leavingAt || release(click, null), WAIT_MS);
    // What was to leave the page and is still here was a download: it began to answer when it began to leave.
    later(() => release(click, "navigation", click.leavingAt), LEAVING_WAIT_MS);
  }

  mutations.observe([document]);
  on("answer", (kind, began, isRestless) => {
    if (kind !== "request" && !isRestless) last = [kind, began];
    const limit = kind !== "request" ? Infinity : isRestless ? PROMPT_MS : REQUEST_START_MS;
    held.forEach((click) => {
      // What also changes by itself answers only what the page's own listeners are being told right now.
      const isOwn = !isRestless || kind === "request" || click === told;
      if (isOwn && began >= click.downAt && began - click.at <= limit) release(click, kind);
    });
  });
  on("leaving", () => held.forEach((click) => (click.leavingAt = now())));
  on("leave", left);
  on("end", left);
  return all(
    mutations.stop,
    listen("pointerdown", ({ timeStamp }) => void (downAt = timeStamp)),
    listen("click", clicked),
    listen("focusin", (event) => {
      const target = event.composedPath()[0] as Element;
      // The clicked thing itself takes the focus: that is no answer, unless one can type into it.
      if (target.matches(FIELD)) tell("answer", "focus", event.timeStamp);
      // Nor is what a later press does: the person moved on.
      else held.forEach((click) => click.downAt < downAt || target.contains(click.element) || release(click, "focus"));
    }),
    listen("selectionchange", ({ timeStamp }) => hasSelection() && tell("answer", "selection", timeStamp)),
  );
}

const hasSelection = (): boolean => getSelection()?.isCollapsed === false;

function linkOf(path: readonly Element[], { ctrlKey, metaKey, shiftKey }: MouseEvent): string | undefined {
  if (find(path, "a[download]")) return "download";
  return find(path, "a[target=_blank]") || ((ctrlKey || metaKey || shiftKey) && find(path, "a[href]")) ? "new_tab" : undefined;
}

function describe(event: PointerEvent, path: Element[]): Pick<HeldClick, "element" | "metadata" | "place"> {
  const [element, interactive] = interactiveOf(path);
  const { left, top, width, height } = element.getBoundingClientRect();
  const { button, clientX, clientY, detail, pointerType } = event;
  // The keyboard clicks nowhere: the middle of the element stands for it.
  const isKeyboard = !detail && !clientX;
  const x = isKeyboard ? left + width / 2 : clientX;
  const y = isKeyboard ? top + height / 2 : clientY;
  const share = (part: number): number => +Math.min(1, Math.max(0, part)).toFixed(3);
  const place = {
    at: timeOfEvent(event),
    element_id: selectorOf(element),
    x: Math.round(x + scrollX),
    y: Math.round(y + scrollY),
    scroll: Math.round(scrollY),
  };
  const metadata = {
    ...sizes(),
    rel_x: share((x - left) / width),
    rel_y: share((y - top) / height),
    fixed: isFixed(path) || undefined,
    tag: element.localName,
    role: element.role ?? undefined,
    label: labelOf(element, interactive),
    button,
    detail,
    trusted: true,
    pointer: isKeyboard ? "keyboard" : pointerType,
    surface: surfaceOf(path),
    interactive,
    link: linkOf(path, event),
    selection: hasSelection() || undefined,
  };
  return { element, place, metadata };
}
