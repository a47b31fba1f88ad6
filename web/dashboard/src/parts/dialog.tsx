// A dialog over the page: the browser's own, which keeps the focus inside and closes with Escape.
import "../styles/dialog.css";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { ActionIcon } from "../controls/button";
import { words } from "../words";

interface DialogProps {
  title: string;
  /** Without a visible head the title is for screen readers only. */
  isBare?: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ title, isBare = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (!shown || shown.open) return;
    shown.showModal();
    // The browser would begin with the button that closes.
    shown.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }, []);
  const close = () => dialog.current?.close();
  return (
    // Page keys must not work behind the open dialog; Escape and Tab stay the browser's own.
    <dialog ref={dialog} className={`dialog ${isBare ? "bare" : ""}`} aria-label={title} onClose={onClose} onKeyDown={(event) => event.nativeEvent.stopImmediatePropagation()} onClick={(event) => event.target === event.currentTarget && close()}>
      {isBare ? (
        children
      ) : (
        <div className="dialog-body">
          <header>
            <h2>{title}</h2>
            <ActionIcon aria-label={words.frame.close} onClick={close}>
              <IconX size={17} stroke={1.7} />
            </ActionIcon>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
