// How an error group is called: its class and message, its place, what kind of error it is.
import { CauseGlyph } from "../parts/glyphs";
import type { ErrorGroup } from "../types";
import { errorWords } from "../error_words";

/** "TypeError: cannot use total of undefined or null"; a resource has no class. */
export function groupTitle({ type, title, kind }: { type: string; title: string; kind: string }): string {
  return kind === "resource" || title === type ? title : `${type}: ${title}`;
}

/** The browser's own words, by which developers look for it, without what the title says already; undefined where the title, which
 * all browsers share, has the same. */
export function browserWords({ type, title, message }: Pick<ErrorGroup, "type" | "title" | "message">): string | undefined {
  const said = message.replace(/^Uncaught (\(in promise\) )?/, "");
  const own = said.startsWith(`${type}: `) ? said.slice(type.length + 2) : said;
  return own === "" || own === title || own === type ? undefined : own;
}

/** Errors of others are grey: they do not hurt the site. */
export function GroupSign({ kind, size = 16 }: { kind: ErrorGroup["kind"]; size?: number }) {
  return (
    <span className={kind === "foreign" ? "foreign-sign" : "group-sign"} title={errorWords.kinds[kind].means}>
      <CauseGlyph cause="fail" signal={kind === "resource" ? undefined : "js_error"} size={size} />
      <span className="sr">{errorWords.kinds[kind].means}</span>
    </span>
  );
}
