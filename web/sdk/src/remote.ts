// What the server wants of this project: sampling and switches. Known from the last visit, asked for again now and
// then, and not needed: without an answer everything is on.

import { given } from "./options";
import { session } from "./session";
import { isKept, local, readJson, write } from "./storage";
import { ask } from "./transport";

const FRESH_MS = 300_000;

export interface Config {
  /** Share of sessions that are recorded, 0 to 1. */
  sampling?: number;
  captures?: Record<string, boolean>;
  feedback?: { enabled?: boolean; random_rate?: number } | null;
  [name: string]: unknown;
}

export let config: Config = {};

/** The same answer for all pages of a session: the end of its random id decides. */
export const isSampled = (): boolean => parseInt(session().id.slice(-4), 16) / 65_536 < (config.sampling ?? 1);

/** Takes what is known from before, and asks again where that is old: `changed` is called with the answer. */
export function loadConfig(changed: () => void): void {
  const kept = readJson<Config & { at: number }>(local, "mien:config");
  config = kept ?? {};
  if (!isKept || Date.now() - kept?.at! < FRESH_MS) return; // before consent nothing is asked for either
  ask("/v1/config/" + given.key)
    .then((response) => response.json())
    .then((fresh: Config) => {
      config = fresh;
      write(local, "mien:config", JSON.stringify({ ...config, at: Date.now() }));
      changed();
    })
    .catch(() => {});
}
