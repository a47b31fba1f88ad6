// The page for an address that leads nowhere.
import { Link } from "@tanstack/react-router";
import { words } from "../words";
import { Nothing } from "./states";

export function Missing() {
  return (
    <div className="alone">
      <Nothing title={words.states.notFound} text={words.states.notFoundSub}>
        <Link to="/" className="number-link">
          {words.states.home}
        </Link>
      </Nothing>
    </div>
  );
}
