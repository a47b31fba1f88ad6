// A panel beside the button that opens it. Without `opened` the button opens and closes it by itself.
import { cloneElement, use, useCallback, useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { DropdownContext, useDismissal, useTarget, type Dropdown } from "./dropdown";
import { Floating } from "./floating";
import type { Position } from "./placing";

interface PopoverProps {
  opened?: boolean;
  onChange?: (opened: boolean) => void;
  /** Pressed away or left with Escape. */
  onDismiss?: () => void;
  position?: Position;
  width?: number | string;
  children: ReactNode;
}

const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex='0']";

export function Popover({ opened, onChange, onDismiss, position = "bottom", width, children }: PopoverProps) {
  const id = useId();
  const [own, setOwn] = useState(false);
  const isOpen = opened ?? own;
  const set = useCallback(
    (next: boolean) => {
      setOwn(next);
      onChange?.(next);
    },
    [onChange],
  );
  const close = useCallback(
    (isDismissed?: boolean) => {
      set(false);
      if (isDismissed) onDismiss?.();
    },
    [set, onDismiss],
  );
  const open = useCallback(() => opened === undefined && set(true), [opened, set]);
  const dropdown = useMemo((): Dropdown => ({ id, isOpen, open, close, position, width }), [id, isOpen, open, close, position, width]);
  return <DropdownContext value={dropdown}>{children}</DropdownContext>;
}

Popover.Target = function Target({ children, ...rest }: { children: ReactElement<Record<string, unknown>> }) {
  const dropdown = use(DropdownContext);
  if (!dropdown) return cloneElement(children, rest);
  const { id, isOpen, open, close } = dropdown;
  const press = (event: unknown) => {
    const { onClick } = children.props;
    if (typeof onClick === "function") onClick(event);
    else if (isOpen) close();
    else open();
  };
  return cloneElement(children, { ...rest, id, "aria-haspopup": "dialog", "aria-expanded": isOpen, "aria-controls": isOpen ? `${id}-box` : undefined, onClick: press });
};

Popover.Dropdown = function Box({ className = "", children }: { className?: string; children: ReactNode }) {
  const dropdown = use(DropdownContext);
  const target = useTarget(dropdown ?? CLOSED);
  const back = useDismissal(dropdown ?? CLOSED);
  const id = dropdown ? `${dropdown.id}-box` : "";
  useEffect(() => {
    const box = target && document.getElementById(id);
    if (!box) return;
    const first = box.querySelector<HTMLElement>("[data-autofocus]") ?? box.querySelector<HTMLElement>(FOCUSABLE) ?? box;
    first.focus();
    return () => {
      // What was pressed is gone with the panel: the focus must not fall back to the page's beginning.
      if (document.activeElement === document.body) back();
    };
  }, [target, id, back]);
  if (!dropdown?.isOpen || !target) return null;
  return (
    <Floating id={id} target={target} position={dropdown.position} className={`popover ${className}`} style={{ width: dropdown.width }} role="dialog" aria-labelledby={dropdown.id} tabIndex={-1} onKeyDown={keepInside}>
      {children}
    </Floating>
  );
};

const CLOSED: Dropdown = { id: "", isOpen: false, open: () => undefined, close: () => undefined, position: "bottom" };

/** Tab goes around within the panel. */
function keepInside(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== "Tab") return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.tabIndex >= 0 && one.checkVisibility());
  const [edge, other] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (document.activeElement !== edge && document.activeElement !== event.currentTarget) return;
  event.preventDefault();
  other?.focus();
}
