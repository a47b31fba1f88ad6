// Parts that are files of their own (mien-replay.js, ...) and loaded when they are wanted.

import { emit } from "./core";
import { on, quietly, signal, within } from "./guard";
import { given, parts } from "./options";
import { add } from "./queue";
import { config } from "./remote";
import { isLive } from "./session";
import { next } from "./tab";

/** What a part is given of the core: it is a bundle of its own, and must not bring a second one. */
const shared = () => ({ add, emit, isLive, next, on, loadPart, signal, given, config: () => config });
export type Shared = ReturnType<typeof shared>;

export type Part = (core: Shared, ...args: any[]) => void;

/** A part leaves its start function here for the core, which calls it at once. */
export type PartWindow = Window & { __mien?: Part };

/** What loads a part, for the capture that is being started: the part ends with it. */
export function loadPart(name: string, ...args: unknown[]): () => void {
  const mine = signal;
  return quietly(() => {
    const script = document.createElement("script");
    script.src = `${parts}mien-${name}.js`;
    script.nonce = given.nonce;
    script.onload = () => within(mine, () => (window as PartWindow).__mien!(shared(), ...args));
    document.documentElement.append(script);
  });
}
