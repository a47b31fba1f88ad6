// A list that is loading, or could not be loaded, as a card of the list's size.
import { words } from "../words";
import { Card } from "./card";
import { Blocks, Problem, SlowNote } from "./states";

export function ListLoading() {
  return (
    <Card>
      <Blocks blocks={Array.from({ length: 8 }, () => ["100%", 42] as const)} />
      <SlowNote />
    </Card>
  );
}

export function ListProblem({ title, error, onAgain }: { title: string; error: Error; onAgain: () => void }) {
  return (
    <Card title={title} sub={words.states.couldNot}>
      <Problem sentence={error.message} onAgain={onAgain} />
    </Card>
  );
}
