// A change against the period before: triangle, sign, number, and a colour by meaning (visual.md 5.9): up is not good.
import { signed } from "../format";

export type Meaning = "more hurts" | "less hurts" | "neutral";

interface ChangeProps {
  now: number;
  before: number | null | undefined;
  meaning: Meaning;
  /** Turns the difference into text; default one decimal with a sign. */
  write?: (difference: number) => string;
}

export function Change({ now, before, meaning, write = signed }: ChangeProps) {
  if (before === null || before === undefined) return <span className="change none">–</span>;
  const difference = now - before;
  const text = write(difference);
  const hurts = (meaning === "more hurts" && difference > 0) || (meaning === "less hurts" && difference < 0);
  const tone = meaning === "neutral" || text.startsWith("±") ? "same" : hurts ? "worse" : "better";
  const sign = text.startsWith("±") ? "" : difference > 0 ? "▲ " : "▼ ";
  return (
    <span className={`change ${tone}`}>
      <span aria-hidden="true">{sign}</span>
      {text}
    </span>
  );
}
