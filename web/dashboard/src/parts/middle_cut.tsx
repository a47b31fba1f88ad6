// A name on one line: where it does not fit its middle is left out, for the end of a path tells it apart.
const MOST_AT_END = 14;

export function MiddleCut({ name }: { name: string }) {
  const from = Math.max(name.lastIndexOf("/", name.length - 2), name.length - MOST_AT_END);
  if (from <= 0) return name;
  return (
    <span className="middle-cut">
      <span>{name.slice(0, from)}</span>
      <span>{name.slice(from)}</span>
    </span>
  );
}
