// What the parts of the SDK tell one another.

import { quietly } from "./guard";

export type AnswerKind = "mutation" | "request" | "navigation" | "scroll" | "input" | "selection" | "focus";

interface Topics {
  /** The page did something. `began` is on the clock of `now()`. `isRestless`: it comes from something that
   * also changes by itself (a ticker, a poll), so that only a prompt one is an answer. */
  answer: [kind: AnswerKind, began: number, isRestless?: boolean];
  /** The browser starts to leave this page for another one; it may still stay. */
  leaving: [];
  /** The page is hidden (`false`) or left (`true`): hand over what is held, now. */
  leave: [isUnloading: boolean];
  /** A batch is about to be made: promises given are waited for. */
  prepare: [waitFor: (work: Promise<void>) => void];
  /** The screen is about to change to this one. */
  screen: [name: string];
  /** The session ends (it is still the current one); a new one has begun. */
  end: [];
  begin: [];
}

export interface Bus {
  /** For as long as the bus lives: it is told nothing more when its client has stopped. */
  on<K extends keyof Topics>(topic: K, hook: (...args: Topics[K]) => void): void;
  tell<K extends keyof Topics>(topic: K, ...args: Topics[K]): void;
}

export function createBus(): Bus {
  const hooks: [topic: string, hook: (...args: never[]) => void][] = [];
  return {
    on: (topic, hook) => void hooks.push([topic, hook as (...args: never[]) => void]),
    tell: (topic, ...args) => hooks.forEach(([on, hook]) => on === topic && quietly(hook)(...(args as never[]))),
  };
}
