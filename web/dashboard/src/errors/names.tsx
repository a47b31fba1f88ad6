// How an error group is called: its class and message, its place, what kind of error it is.
import { CauseGlyph } from "../parts/glyphs";
import type { ErrorGroup } from "../types";
import { errorWords } from "../error_words";

/** "TypeError: cannot use total of undefined or null"; a resource has no class. */
export function groupTitle({ type, title, kind }: { type: string; title: string; kind: string }): string {
  return kind === "resource" || title === type ? title : `${type}: ${title}`;
}

/** Whether the browser's own words, by which developers look for it, are others than the title that all browsers share. */
export function saysMore(group: Pick<ErrorGroup, "type" | "title" | "kind" | "message">): boolean {
  return group.message !== "" && !groupTitle(group).includes(group.message) && group.message !== `Uncaught ${groupTitle(group)}`;
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
