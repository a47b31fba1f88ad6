// What a card or page shows when it has nothing to show: loading, failed, empty.
import { IconCircleDashed, IconDatabaseOff, IconFilterOff, IconRefresh } from "@tabler/icons-react";
import { Link, useLocation, useRouter } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "../controls/button";
import { words } from "../words";

/** Each block is [width, height] in CSS. */
export type Shape = readonly (readonly [string | number, number])[];

/** Still grey blocks in the shape of what comes, after 150 ms (visual.md 8); each block is [width, height] in CSS. */
export function Blocks({ blocks }: { blocks: Shape }) {
  return (
    <div className="blocks" role="status" aria-label={words.states.loading}>
      {blocks.map(([width, height], index) => (
        <span key={index} className="bone" style={{ width, height }} />
      ))}
    </div>
  );
}

/** Rows of a list as they will stand: a name over a line of facts, and figures at the end. */
export function RowBones({ rows = 10 }: { rows?: number }) {
  return (
    <div className="row-bones" role="status" aria-label={words.states.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index}>
          <i className="bone" />
          <i className="bone" />
          <i className="bone" />
          <i className="bone" />
        </span>
      ))}
    </div>
  );
}

/** Says after two seconds that the server is still at it. */
export function SlowNote() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 2000);
    return () => clearTimeout(timer);
  }, []);
  return slow ? <p className="slow-note">{words.states.slow} …</p> : null;
}

/** Whether it says, in the words of one of the browsers, that a part of the dashboard's own code did not come. */
export function isLeftCode(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|importing a module script|preload CSS/i.test(error.message);
}

/** A failure in words: its first sentence as the heading, what still works below, a way to try again, and one to System. */
export function Problem({ sentence, onAgain, again = words.states.again }: { sentence: string; onAgain?: () => void; again?: string }) {
  const [title, ...rest] = sentence.split(/(?<=\.) (?=[A-Z])/);
  return (
    <div className="state" role="alert">
      <IconDatabaseOff size={24} stroke={1.5} aria-hidden="true" />
      <h3>{title?.replace(/\.$/, "")}</h3>
      {rest.length > 0 ? <p>{rest.join(" ")}</p> : onAgain && <p>{words.states.hint}</p>}
      {onAgain && (
        <div className="state-actions">
          <Button leftSection={<IconRefresh size={15} stroke={1.7} />} onClick={onAgain}>
            {again}
          </Button>
          <ToSystem />
        </div>
      )}
    </div>
  );
}

/** The project whose System tells why a page could not be loaded; none on System itself, and where there is no project. */
export function projectToLookAt(pathname: string): string | undefined {
  const [, project, page] = /^\/p\/([^/]+)\/?([^/]*)/.exec(pathname) ?? [];
  return project === undefined || page === "system" ? undefined : decodeURIComponent(project);
}

function ToSystem() {
  return useRouter({ warn: false }) ? <SystemButton /> : null;
}

function SystemButton() {
  const project = useLocation({ select: ({ pathname }) => projectToLookAt(pathname) });
  if (project === undefined) return null;
  return <Button renderRoot={(props) => <Link to="/p/$project/system" params={{ project }} {...props} />}>{words.meter.system}</Button>;
}

interface NothingProps {
  title: string;
  text?: string;
  /** There is something, but a filter leaves it out. */
  isFiltered?: boolean;
  children?: ReactNode;
}

export function Nothing({ title, text, isFiltered = false, children }: NothingProps) {
  const Sign = isFiltered ? IconFilterOff : IconCircleDashed;
  return (
    <div className="state">
      <Sign size={24} stroke={1.5} aria-hidden="true" />
      <h3>{title}</h3>
      {text && <p>{text}</p>}
      {children && <div className="state-actions">{children}</div>}
    </div>
  );
}
