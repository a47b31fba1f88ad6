// What floats over the page beside its target: in the browser's top layer, so that no card, full screen or dialog covers it.
import { useLayoutEffect, useRef, type HTMLAttributes } from "react";
import { createPortal } from "react-dom";
import { placed, type Position } from "./placing";

interface FloatingProps extends HTMLAttributes<HTMLDivElement> {
  target: Element;
  position: Position;
}

export function Floating({ target, position, ...attributes }: FloatingProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const place = () => {
      const { left, top } = placed(target.getBoundingClientRect(), element.getBoundingClientRect(), { width: document.documentElement.clientWidth, height: window.innerHeight }, position);
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    };
    element.showPopover();
    place();
    // What floats may grow when its content comes, and the target may move.
    const observer = new ResizeObserver(place);
    observer.observe(element);
    observer.observe(target);
    window.addEventListener("resize", place);
    document.addEventListener("scroll", place, { capture: true, passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", place);
      document.removeEventListener("scroll", place, { capture: true });
    };
  }, [target, position]);
  // Outside an open dialog nothing can be pressed.
  return createPortal(<div ref={box} popover="manual" {...attributes} className={`floating ${attributes.className ?? ""}`} />, target.closest("dialog") ?? document.body);
}
