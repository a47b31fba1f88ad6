// No exception of ours may reach the page, and nothing of ours may go on after its end: everything that the browser
// calls goes through here. What is registered while `signal` is set dies when that signal is aborted.

import type { WireCall } from "./wire";

export let signal: AbortSignal;

/** What `start` registers ends when the signal is aborted. */
export function within(mine: AbortSignal, start: () => void): void {
  const outer = signal;
  signal = mine;
  quietly(start)();
  signal = outer;
}

/** The function, silent after its end and with its exceptions swallowed: a recorder fails in silence. */
export function quietly<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => R | undefined {
  const mine = signal;
  return (...args) => {
    try {
      if (!mine?.aborted) return work(...args);
    } catch {}
    return undefined;
  };
}

/** Milliseconds on the clock of event time stamps, which never jumps. */
export const now = (): number => performance.now();

/** Listen to each of the types (separated by spaces) in the capture phase, passively. */
export function listen<E extends Event>(types: string, handler: (event: E, at: number, on: Element) => void, target: EventTarget = window): void {
  const guarded = quietly((event: Event) => handler(event as E, event.timeStamp, event.composedPath()[0] as Element));
  for (const type of types.split(" ")) target.addEventListener(type, guarded, { capture: true, passive: true, signal });
}

export const later = (work: () => void, delayMs: number): number => setTimeout(quietly(work), delayMs);

/** Put `around` in the place of a native function; it must return what `call` returns. A proxy keeps name and text. */
export function wrap<T, K extends keyof T>(
  owner: T,
  name: K,
  around: (call: () => any, args: any[], self: any) => unknown,
): void {
  const native = owner[name] as T[K] & object;
  const mine = signal;
  const wrapped = new Proxy(native, {
    apply(_, self, args) {
      const call = () => (native as any).apply(self, args);
      return mine.aborted ? call() : around(call, args, self);
    },
  });
  owner[name] = wrapped;
  // Where somebody has wrapped ours since, it stays, and only passes calls on.
  mine.addEventListener("abort", () => owner[name] === wrapped && (owner[name] = native));
}

export type AnswerKind =
  | "mutation" | "request" | "navigation" | "scroll" | "input" | "selection" | "focus" | "new_tab" | "copy" | "download";

export interface Topics {
  /** The page did something. `began` is on the clock of `now()`. `isRestless` says, of a click at that time and as far
   * as is known by now, whether it comes from something that also changes by itself (a ticker, a poll), so that only a
   * prompt one is an answer. `status` is a request's. */
  answer: [kind: AnswerKind, began: number, isRestless?: (downAt: number) => boolean, status?: number];
  /** The person pressed or scrolled something. */
  acted: [at: number];
  /** A call has ended. A hook that returns true will queue it itself. */
  called: [url: string, began: number, call: WireCall];
  /** The browser starts to leave this page for another one; it may still stay. */
  leaving: [];
  /** The page is hidden (`false`) or left (`true`): hand over what is held, now. */
  leave: [isUnloading: boolean];
  /** A batch is about to be made: promises that are returned are waited for. */
  prepare: [];
  /** The screen is about to change to this one. */
  screen: [name: string];
  /** The session ends (it is still the current one); a new one has begun. */
  end: [];
  begin: [];
}

const hooks: [topic: string, hook: (...args: never[]) => unknown][] = [];

/** Later hooks are called first, so that the core, which comes first, closes what captures still add to. */
export const on = <K extends keyof Topics>(topic: K, hook: (...args: Topics[K]) => unknown): void =>
  void hooks.unshift([topic, quietly(hook) as (...args: never[]) => unknown]);

export const tell = <K extends keyof Topics>(topic: K, ...args: Topics[K]): unknown[] =>
  hooks.map(([about, hook]) => about === topic && hook(...(args as never[])));
