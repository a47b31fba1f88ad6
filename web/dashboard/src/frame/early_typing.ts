// What somebody types after asking for a field that is still being loaded: kept for the field, and no key of the page.
const GIVE_UP_MS = 3_000;

let typed = "";
let release: (() => void) | null = null;

/** From now on, until `takeTyped`. */
export function catchTyping(): void {
  takeTyped();
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") return void takeTyped();
    if (event.key !== "Backspace" && event.key.length !== 1) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    typed = event.key === "Backspace" ? typed.slice(0, -1) : typed + event.key;
  };
  window.addEventListener("keydown", listen, { capture: true });
  const timer = setTimeout(takeTyped, GIVE_UP_MS);
  release = () => {
    window.removeEventListener("keydown", listen, { capture: true });
    clearTimeout(timer);
  };
}

/** What was typed since, for the field that has the focus now. */
export function takeTyped(): string {
  const taken = typed;
  release?.();
  release = null;
  typed = "";
  return taken;
}
