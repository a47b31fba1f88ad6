// A menu under its button (WAI-ARIA menu button): arrows, Home, End and first letters move, Escape and Tab leave.
import { cloneElement, use, useCallback, useEffect, useId, useMemo, useState, type KeyboardEvent, type MouseEvent, type ReactElement, type ReactNode } from "react";
import { DropdownContext, useDismissal, useTarget, type Dropdown } from "./dropdown";
import { Floating } from "./floating";
import type { Position } from "./placing";

export function Menu({ position = "bottom", width, children }: { position?: Position; width?: number; children: ReactNode }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  const close = useCallback(() => setOpen(false), []);
  const dropdown = useMemo((): Dropdown => ({ id, isOpen, open, close, position, width }), [id, isOpen, open, close, position, width]);
  return (
    <DropdownContext value={dropdown}>
      {children}
    </DropdownContext>
  );
}

Menu.Target = function Target({ children }: { children: ReactElement<Record<string, unknown>> }) {
  const dropdown = useMenu();
  const { id, isOpen, open, close } = dropdown;
  const key = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.nativeEvent.stopImmediatePropagation();
    open();
  };
  return cloneElement(children, { id, "aria-haspopup": "menu", "aria-expanded": isOpen, "aria-controls": isOpen ? `${id}-box` : undefined, onClick: () => (isOpen ? close() : open()), onKeyDown: key });
};

Menu.Dropdown = function Box({ children }: { children: ReactNode }) {
  const dropdown = useMenu();
  const target = useTarget(dropdown);
  useDismissal(dropdown);
  const id = `${dropdown.id}-box`;
  useEffect(() => {
    if (target) itemsOf(document.getElementById(id))[0]?.focus();
  }, [target, id]);
  if (!dropdown.isOpen || !target) return null;
  const leave = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Tab") {
      // From the button on, not from the end of the document, where the menu stands.
      document.getElementById(dropdown.id)?.focus();
      dropdown.close();
    } else {
      move(event);
    }
  };
  return (
    <Floating id={id} target={target} position={dropdown.position} className="menu" style={{ width: dropdown.width }} role="menu" aria-labelledby={dropdown.id} onKeyDown={leave}>
      {children}
    </Floating>
  );
};

export interface MenuRootProps {
  className: string;
  role: "menuitem";
  tabIndex: number;
  onClick: (event: MouseEvent) => void;
  children: ReactNode;
}

interface ItemProps {
  leftSection?: ReactNode;
  rightSection?: ReactNode;
  onClick?: () => void;
  className?: string;
  /** For an entry that is a link. */
  renderRoot?: (props: MenuRootProps) => ReactNode;
  children: ReactNode;
}

Menu.Item = function Item({ leftSection, rightSection, onClick, className = "", renderRoot, children }: ItemProps) {
  const { id, close } = useMenu();
  const props: MenuRootProps = {
    className: `menu-item ${className}`,
    role: "menuitem",
    tabIndex: -1,
    onClick: () => {
      document.getElementById(id)?.focus();
      close();
      onClick?.();
    },
    children: (
      <>
        {leftSection && <span className="menu-side">{leftSection}</span>}
        <span className="menu-text">{children}</span>
        {rightSection}
      </>
    ),
  };
  return renderRoot ? renderRoot(props) : <button type="button" {...props} />;
};

Menu.Label = function Label({ children }: { children: ReactNode }) {
  return <div className="menu-label">{children}</div>;
};

Menu.Divider = function Divider({ className = "" }: { className?: string }) {
  return <div role="separator" className={`menu-divider ${className}`} />;
};

function useMenu(): Dropdown {
  const dropdown = use(DropdownContext);
  if (!dropdown) throw new Error("a part of a menu stands outside a menu");
  return dropdown;
}

function itemsOf(box: Element | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])].filter((item) => item.checkVisibility());
}

function move(event: KeyboardEvent<HTMLDivElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item === document.activeElement);
  const next = nextOf(event.key, at, items);
  // The keys of the page must not work behind an open menu.
  event.nativeEvent.stopImmediatePropagation();
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function nextOf(key: string, at: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  if (key === "ArrowDown") return items[(at + 1) % items.length];
  if (key === "ArrowUp") return items.at(at <= 0 ? -1 : at - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const begins = (item: HTMLElement) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase());
  return items.slice(at + 1).find(begins) ?? items.find(begins);
}
