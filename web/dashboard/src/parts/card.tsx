// The card: the one surface on which things stand. It keeps its size in every state, and a crash inside stays inside.
import { Component, type ReactNode } from "react";
import { words } from "../words";
import { isLeftCode, Problem } from "./states";

interface CardProps {
  title?: string;
  sub?: ReactNode;
  side?: ReactNode;
  className?: string;
  /** Dims what is shown while a new filter loads. */
  stale?: boolean;
  children: ReactNode;
}

export function Card({ title, sub, side, className = "", stale = false, children }: CardProps) {
  return (
    <section className={`card ${className} ${stale ? "stale" : ""}`} aria-busy={stale}>
      {(title || side) && (
        <header className="card-head">
          <h2>{title}</h2>
          {sub && <p>{sub}</p>}
          {side && <div className="card-side">{side}</div>}
        </header>
      )}
      <Fence>{children}</Fence>
    </section>
  );
}

/** Keeps one card's failure to draw from taking the page with it. Code that did not come is never asked for again, neither by
 * React nor by the browser: the whole page is loaded anew then. */
export class Fence extends Component<{ children: ReactNode }, { error: unknown; isBroken: boolean }> {
  override state = { error: undefined as unknown, isBroken: false };

  static getDerivedStateFromError(error: unknown): { error: unknown; isBroken: boolean } {
    return { error, isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    if (isLeftCode(this.state.error)) return <Problem sentence={words.states.leftCode} onAgain={() => location.reload()} again={words.states.reload} />;
    return <Problem sentence={words.states.crashed} onAgain={() => this.setState({ error: undefined, isBroken: false })} />;
  }
}
