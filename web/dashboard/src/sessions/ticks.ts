// Which rows of a list are ticked: one by one, a range with shift, or all that are shown.
import { useRef, useState } from "react";

/** The ticks after a press on `id`; with `from`, all rows from there to `id` become what `id` becomes. `ids`: as shown. */
export function afterPress(ticks: ReadonlySet<string>, ids: readonly string[], id: string, from: string | null): Set<string> {
  const isOn = !ticks.has(id);
  const [a, b] = [from === null ? -1 : ids.indexOf(from), ids.indexOf(id)];
  const pressed = a < 0 || b < 0 ? [id] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
  const found = new Set(ticks);
  for (const one of pressed) {
    if (isOn) found.add(one);
    else found.delete(one);
  }
  return found;
}

export interface Ticks {
  has: (id: string) => boolean;
  /** The ticked rows that are shown, in the list's order: what is done with "these" is never done with one that is not seen. */
  ids: readonly string[];
  press: (id: string, isRange: boolean) => void;
  /** Ticks all that are shown, or none when they are ticked already. */
  all: () => void;
  none: () => void;
}

/** `ids`: the rows that are shown, in their order. */
export function useTicks(ids: readonly string[]): Ticks {
  const [ticks, setTicks] = useState<ReadonlySet<string>>(new Set());
  // Where a range begins: the row that was pressed last.
  const last = useRef<string | null>(null);
  const shown = ids.filter((id) => ticks.has(id));
  return {
    has: (id) => ticks.has(id),
    ids: shown,
    press: (id, isRange) => {
      setTicks(afterPress(ticks, ids, id, isRange ? last.current : null));
      last.current = id;
    },
    all: () => setTicks(shown.length === ids.length ? new Set() : new Set([...ticks, ...ids])),
    none: () => setTicks(new Set()),
  };
}
