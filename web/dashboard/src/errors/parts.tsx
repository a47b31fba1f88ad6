// The releases, browsers or screens of a group: each with a bar from a common zero and the sessions behind it.
import { count } from "../format";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { NoneLine } from "../parts/none_left";
import { SessionsLink } from "../place";
import type { Search } from "../search";
import type { ErrorPart } from "../types";
import { errorWords } from "../error_words";

interface PartsProps {
  title: string;
  sub: string;
  group: string;
  parts: readonly ErrorPart[];
  stale: boolean;
}

export function Parts({ title, sub, group, parts, stale }: PartsProps) {
  const most = Math.max(1, ...parts.map((part) => part.sessions));
  return (
    <Card title={title} sub={sub} stale={stale}>
      {parts.length === 0 && <NoneLine text={errorWords.parts.none} />}
      <ul className="place-list error-parts">
        {parts.map((part) => {
          const name = part.name || errorWords.noName;
          const search: Search = { ...part.filter, error_group: group };
          return (
            <li key={part.name} title={errorWords.parts.of(part.errors)}>
              <span className={part.name ? "place-name" : "place-name quiet"}><Breakable name={name} /></span>
              <span />
              <SessionsLink search={search} label={`${name}: ${errorWords.watch(part.sessions)}`}>
                {count(part.sessions)}
              </SessionsLink>
              <span className="part-bar" aria-hidden="true">
                <span style={{ width: `${(100 * part.sessions) / most}%` }} />
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
