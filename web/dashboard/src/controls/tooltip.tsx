// A word about a control, for the pointer after a moment and for the keyboard at once.
import { cloneElement, useEffect, useId, useRef, useState, type FocusEvent, type PointerEvent, type ReactElement, type ReactNode } from "react";
import { Floating } from "./floating";
import type { Position } from "./placing";

interface TooltipProps {
  label: ReactNode;
  position?: Position;
  disabled?: boolean;
  className?: string;
  /** Pixels; a longer text breaks. */
  width?: number;
  /** Also told to a finger: for what only the tooltip says. */
  onTouch?: boolean;
  children: ReactElement<Record<string, unknown>>;
}

const DELAY_MS = 300;

export function Tooltip({ label, position = "top", disabled = false, className = "", width, onTouch = false, children }: TooltipProps) {
  const id = useId();
  const [target, setTarget] = useState<Element | null>(null);
  const timer = useRef(0);
  const hide = () => {
    clearTimeout(timer.current);
    setTarget(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!target) return;
    const key = (event: KeyboardEvent) => event.key === "Escape" && setTarget(null);
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, [target]);
  const events = {
    onPointerEnter: ({ currentTarget, pointerType }: PointerEvent) => {
      if (pointerType === "touch") return onTouch ? setTarget(currentTarget) : undefined;
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => setTarget(currentTarget), DELAY_MS);
    },
    onPointerLeave: ({ pointerType }: PointerEvent) => (pointerType === "touch" ? undefined : hide()),
    onPointerDown: ({ pointerType }: PointerEvent) => (pointerType === "touch" ? undefined : hide()),
    onFocus: ({ currentTarget }: FocusEvent) => (onTouch || currentTarget.matches(":focus-visible") ? setTarget(currentTarget) : undefined),
    onBlur: hide,
  };
  if (disabled) return children;
  return (
    <>
      {cloneElement(children, { ...events, ...(target ? { "aria-describedby": id } : {}) })}
      {target && (
        <Floating id={id} target={target} position={position} className={`tooltip ${className}`} style={width ? { width, whiteSpace: "normal" } : undefined} role="tooltip">
          {label}
        </Floating>
      )}
    </>
  );
}
