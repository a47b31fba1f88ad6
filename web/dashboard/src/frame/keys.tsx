// The overview of all keys: opened with "?" or by a button of a page.
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { isTyping } from "./page_keys";

const KeysDialog = lazy(() => import("./keys_dialog"));
const SHOW = "mien-show-keys";

export function showKeys(): void {
  document.dispatchEvent(new Event(SHOW));
}

export function Keys() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    // "?" stands on other keys on other keyboards: what counts is the character, not the key with Shift.
    const byKey = (event: KeyboardEvent) => event.key === "?" && !isTyping(event.target) && setOpen(true);
    const open = () => setOpen(true);
    document.addEventListener("keydown", byKey);
    document.addEventListener(SHOW, open);
    return () => {
      document.removeEventListener("keydown", byKey);
      document.removeEventListener(SHOW, open);
    };
  }, []);
  return isOpen ? (
    <Suspense fallback={null}>
      <KeysDialog onClose={() => setOpen(false)} />
    </Suspense>
  ) : null;
}

/** A tooltip's text with the key that does the same. */
export function WithKey({ label, keys }: { label: ReactNode; keys: string }) {
  return (
    <>
      {label} <kbd>{keys}</kbd>
    </>
  );
}
