// The keys of the pages: they work wherever the focus is, except where somebody types.
import { useHotkeys } from "@mantine/hooks";

type Options = NonNullable<Parameters<typeof useHotkeys>[0][number][2]>;
export type PageKey = [key: string, act: (event: KeyboardEvent) => void, options?: Options];

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]") !== null;
}

/** On a button or link Space is that element's own key, in a group of radios the arrows are. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (isTyping(target) || !(target instanceof Element)) return isTyping(target);
  if (key === "Space") return target.closest("button, a, [role=menuitem]") !== null;
  return key.startsWith("Arrow") && target.closest("input, [role=menu]") !== null;
}

export function usePageKeys(keys: readonly PageKey[]): void {
  useHotkeys(
    keys.map(([key, act, options]): PageKey => [
      key,
      (event) => {
        if (isTaken(event.target, key)) return;
        event.preventDefault();
        act(event);
      },
      { ...options, preventDefault: false },
    ]),
    [],
  );
}
