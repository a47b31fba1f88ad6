// What a question brought. Until it is there its place, in grey; where it failed why, and a way to ask again. What is there stays
// there, whatever becomes of a later asking: the meter tells how current it is.
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ApiError } from "../api";
import { words } from "../words";
import { Card } from "./card";
import { Button } from "../controls/button";
import { useSearchState } from "../place";
import { periodOf } from "../search";
import { Blocks, Nothing, Problem, RowBones, SlowNote, type Shape } from "./states";

interface AnswerProps<T> {
  to: { data: T | undefined; error: Error | null; refetch: () => unknown };
  /** Where the answer makes cards of its own: that of the card which stands for them until then. */
  title?: string;
  /** The grey blocks while it loads; by default those of a list. */
  blocks?: Shape;
  /** Instead of the blocks. */
  waiting?: ReactNode;
  /** Loads on, although the answer is there. */
  isWaiting?: boolean;
  children: (data: T) => ReactNode;
}

export function Answer<T>({ to: { data, error, refetch }, title, blocks, waiting, isWaiting = false, children }: AnswerProps<T>) {
  if (data !== undefined && !isWaiting) return children(data);
  if (error && data === undefined) {
    const problem = error instanceof ApiError && error.status === 400 ? <Refused sentence={error.message} /> : <Problem sentence={error.message} onAgain={() => void refetch()} />;
    return title === undefined ? problem : <Card title={title} sub={words.states.couldNot}>{problem}</Card>;
  }
  if (waiting !== undefined) return waiting;
  if (title === undefined) return <Blocks blocks={blocks ?? LIST} />;
  return blocks ? <Waiting title={title} blocks={blocks} /> : <ListLoading />;
}

/** The address asks for what there is not: asking again brings the same, and the server is well. The way out is the page as it is
 * without it; the period stays, unless it is what cannot be asked. */
function Refused({ sentence }: { sentence: string }) {
  const navigate = useNavigate();
  const search = useSearchState();
  const plain = /^(since|until|period)\b/.test(sentence) ? {} : periodOf(search);
  return (
    <Nothing title={words.states.refused} text={sentence} isFiltered>
      <Button onClick={() => void navigate({ to: ".", search: plain })}>{words.states.plainPage}</Button>
    </Nothing>
  );
}

const LIST: Shape = Array.from({ length: 8 }, () => ["100%", 42] as const);

export function ListLoading() {
  return (
    <Card className="table-card">
      <RowBones />
      <SlowNote />
    </Card>
  );
}

function Waiting({ title, blocks }: { title: string; blocks: Shape }) {
  return (
    <Card title={title}>
      <Blocks blocks={blocks} />
      <SlowNote />
    </Card>
  );
}
