// A table of what a query brings; its last column holds what can be done with a row.
import type { ReactNode } from "react";
import { Answer } from "../parts/answer";

interface Props<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  /** Of the columns before the last. */
  heads: readonly { text: string; onPhone?: boolean }[];
  action: string;
  /** Pixels of the placeholder while it loads. */
  height: number;
  /** The rows. */
  children: (data: T) => ReactNode;
}

export function Listing<T>({ query, heads, action, height, children }: Props<T>) {
  return (
    <Answer to={query} blocks={[["100%", height]]}>
      {(data) => (
        <table className="plain-table">
          <thead>
            <tr>
              {heads.map(({ text, onPhone = true }) => (
                <th key={text} scope="col" className={onPhone ? undefined : "phone-gone"}>
                  {text}
                </th>
              ))}
              <th scope="col">
                <span className="sr">{action}</span>
              </th>
            </tr>
          </thead>
          <tbody>{children(data)}</tbody>
        </table>
      )}
    </Answer>
  );
}
