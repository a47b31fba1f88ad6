// The page for an address that leads nowhere, within the frame of a project or alone.
import { Link } from "@tanstack/react-router";
import { words } from "../words";
import { Nothing } from "./states";

export function Missing({ title = words.states.notFound, text = words.states.notFoundSub }: { title?: string; text?: string }) {
  return (
    <div className="alone">
      <title>{`${title} · ${words.product}`}</title>
      <Nothing title={title} text={text}>
        <Link to="/" className="number-link">
          {words.states.home}
        </Link>
      </Nothing>
    </div>
  );
}

export function MissingAlone() {
  return (
    <main>
      <Missing />
    </main>
  );
}
