// What menus and popovers share: who opens them, and how they close.
import { createContext, useCallback, useEffect, useState } from "react";
import type { Position } from "./placing";

export interface Dropdown {
  /** Of the target; that of what floats is `${id}-box`. */
  id: string;
  isOpen: boolean;
  open: () => void;
  /** `isDismissed`: by Escape or by pressing somewhere else. */
  close: (isDismissed?: boolean) => void;
  position: Position;
  width?: number | string;
}

export const DropdownContext = createContext<Dropdown | null>(null);

/** The target as an element, once it is there. */
export function useTarget({ id, isOpen }: Dropdown): Element | null {
  const [target, setTarget] = useState<Element | null>(null);
  useEffect(() => setTarget(isOpen ? document.getElementById(id) : null), [id, isOpen]);
  return target;
}

/** Escape closes and gives the focus back; so does a press outside, which keeps the focus where it went. */
export function useDismissal({ id, isOpen, close }: Dropdown): () => void {
  const back = useCallback(() => {
    document.getElementById(id)?.focus();
  }, [id]);
  useEffect(() => {
    if (!isOpen) return;
    const press = (event: PointerEvent) => {
      const pressed = event.target instanceof Element ? event.target : null;
      if (!pressed?.closest(`[id="${id}"], [id="${id}-box"]`)) close(true);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close(true);
      back();
    };
    document.addEventListener("pointerdown", press, true);
    document.addEventListener("keydown", key, true);
    return () => {
      document.removeEventListener("pointerdown", press, true);
      document.removeEventListener("keydown", key, true);
    };
  }, [id, isOpen, close, back]);
  return back;
}
