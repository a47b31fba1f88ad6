// The card: the one surface on which things stand. It keeps its size in every state, and a crash inside stays inside.
import { Component, type ReactNode } from "react";
import { words } from "../words";
import { Problem } from "./states";

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

/** Keeps one card's failure to draw from taking the page with it. */
export class Fence extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return <Problem sentence={words.states.crashed} onAgain={() => this.setState({ broken: false })} />;
  }
}
