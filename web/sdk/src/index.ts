// mien.js: reads its script tag, starts recording, and answers calls on the global `mien`.

import { createApi, type Mien } from "./api";
import { quietly } from "./guard";
import { readTag } from "./options";

/** What a page may have put in our place before we came: docs/sdk.md. */
type Stub = Partial<Mien> & { q?: [name: keyof Mien, args: unknown[]][] };

quietly(() => {
  const page = window as unknown as { mien?: Stub };
  const { sessionId, q } = page.mien ?? {};
  if (sessionId !== undefined) return; // loaded twice is loaded once
  const api = createApi(...readTag());
  page.mien = api;
  q?.forEach(([name, args]) => (api[name] as (...args: unknown[]) => void)(...args));
})();
