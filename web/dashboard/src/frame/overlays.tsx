// What lies over a page: the command palette, the saved views, the form of a new project. Each is loaded when it is first opened.
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { catchTyping } from "./early_typing";
import { open, whenOpened, type Opened } from "./openers";

const Palette = lazy(() => import("./palette"));
const NewProject = lazy(() => import("./new_project"));
const SavedViews = lazy(() => import("../views/saved_views"));

export function Overlays() {
  const [shown, setShown] = useState<Opened | null>(null);
  const isPalette = useRef(false);
  useEffect(() => {
    isPalette.current = shown === "palette";
  }, [shown]);
  useEffect(() => {
    const byKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open("palette");
    };
    const openPalette = () => {
      if (!isPalette.current) catchTyping();
      setShown("palette");
    };
    document.addEventListener("keydown", byKey);
    const undo = [whenOpened("palette", openPalette), whenOpened("views", () => setShown("views")), whenOpened("project", () => setShown("project"))];
    return () => {
      document.removeEventListener("keydown", byKey);
      undo.forEach((back) => back());
    };
  }, []);
  const close = () => setShown(null);
  return (
    <Suspense fallback={null}>
      {shown === "palette" && <Palette onClose={close} />}
      {shown === "project" && <NewProject onClose={close} />}
      {shown === "views" && <SavedViews onClose={close} />}
    </Suspense>
  );
}
