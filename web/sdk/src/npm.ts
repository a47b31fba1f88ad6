// The npm package: `init` instead of the script tag. Importing it does nothing; parts come from the server all the same.

import { createApi, type Mien, type Traits } from "./api";
import type { Settings } from "./options";

export type { Mien, Settings, Traits };

const SILENT = { key: "" };

/**
 * Starts recording and returns the calls. The collector is where Mien runs. Twice is once; without a window (on a server)
 * every call is there and does nothing.
 *
 * @example const mien = init({key: "mk_...", collector: "https://mien.example.com"})
 */
export function init(settings: Settings & { key: string; collector: string }): Mien {
  const page = globalThis as { mien?: Mien };
  if (page.mien?.sessionId !== undefined) return page.mien;
  const isBrowser = typeof document === "object";
  const api = createApi(isBrowser ? settings : SILENT, settings.collector + "/");
  if (isBrowser) page.mien = api;
  return api;
}
