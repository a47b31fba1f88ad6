// A project that has recorded nothing yet: the script tag, what is awaited, and what will stand here.
import "../styles/first_run.css";
import { useClipboard } from "@mantine/hooks";
import { IconAlertTriangle, IconCheck, IconCopy } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Button } from "../controls/button";
import { CauseGlyph } from "../parts/glyphs";
import { Outcome, useChange } from "../parts/form";
import { LocalNote } from "../parts/local_note";
import { LossBar } from "../parts/loss_bar";
import { useProject, useUnmeasured } from "../place";
import { allowOrigin } from "../settings/queries";
import { CAUSES } from "../theme";
import type { LiveCheck } from "../types";
import { firstRunWords } from "../first_run_words";
import { words } from "../words";

export function FirstRun({ live }: { live: LiveCheck }) {
  const queryClient = useQueryClient();
  const slug = useProject();
  const hasArrived = live.first_event_at !== null;
  useEffect(() => {
    if (!hasArrived) return;
    void queryClient.invalidateQueries({ queryKey: ["overview", slug] });
    void queryClient.invalidateQueries({ queryKey: ["sessions", slug] });
  }, [hasArrived, queryClient, slug]);
  return (
    <div className="page first-run">
      <title>{`${firstRunWords.title} · ${words.product}`}</title>
      <h1 className="say">{firstRunWords.title}</h1>
      <p className="lead">{firstRunWords.lead}</p>
      <div className="first-run-grid">
        <ol className="card steps">
          <AddScript script={live.script} />
          <li>
            <span className="step-mark now">2</span>
            <div>
              <h2>
                {firstRunWords.open}
                <span className="listening">
                  <span className="meter-dot" aria-hidden="true" /> {firstRunWords.listening.toLowerCase()}
                </span>
              </h2>
              <p role="status">{hasArrived ? firstRunWords.arrived : firstRunWords.waiting}</p>
              {!hasArrived && <Refused refused={live.refused} />}
            </div>
          </li>
          <li>
            <span className="step-mark">3</span>
            <div>
              <h2>{firstRunWords.see}</h2>
              <p>{firstRunWords.seeSub}</p>
            </div>
          </li>
        </ol>
        <Preview />
      </div>
    </div>
  );
}

const ORIGIN = /^https?:\/\/[^/?#\s]+$/;

/** What browsers sent in vain. It is what they said: text, never a link. */
function Refused({ refused }: { refused: LiveCheck["refused"] }) {
  const slug = useProject();
  const allow = useChange((origin: string) => allowOrigin(slug, origin), [["live-check", slug], ["settings", slug]]);
  return (
    <>
      <ul className="refused" aria-live="polite">
        {refused.map(({ origin, batches }) => (
          <li key={origin} className="callout warn">
            <IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />
            <div>
              <p>{firstRunWords.refused(origin, batches)}</p>
              {ORIGIN.test(origin) ? (
                <Button aria-label={firstRunWords.allowNamed(origin)} loading={allow.isPending} onClick={() => allow.mutate(origin)}>
                  {firstRunWords.allow}
                </Button>
              ) : (
                <p>{firstRunWords.cannotAllow}</p>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Outcome error={allow.error} done={allow.isSuccess && firstRunWords.allowed(allow.variables)} />
    </>
  );
}

function AddScript({ script }: { script: string | null }) {
  const clipboard = useClipboard();
  return (
    <li>
      <span className="step-mark now">1</span>
      <div>
        <h2>
          {firstRunWords.add}
          {script && (
            <Button variant="filled" onClick={() => clipboard.copy(script)} leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />}>
              {clipboard.copied ? firstRunWords.copied : firstRunWords.copy}
            </Button>
          )}
        </h2>
        {script ? (
          <pre className="code" tabIndex={0}>
            {script.replaceAll(/ (src|data-key)=/g, "\n  $1=")}
          </pre>
        ) : (
          <p className="callout warn">{firstRunWords.noKey}</p>
        )}
        <LocalNote script={script} />
        <p className="quiet">{firstRunWords.privacy}</p>
      </div>
    </li>
  );
}

/** The signs that the pages will use; no made-up numbers posing as the project's. */
function Preview() {
  const unmeasured = useUnmeasured();
  const causes = CAUSES.filter((cause) => !unmeasured.includes(cause));
  return (
    <section className="card preview">
      <h2>{firstRunWords.will}</h2>
      <p className="preview-score">
        <span className="preview-box" aria-hidden="true" /> {firstRunWords.scale}
      </p>
      <div aria-hidden="true">
        <LossBar score={72} lost={Object.fromEntries(causes.map((cause) => [cause, 28 / causes.length]))} />
      </div>
      <ul>
        {causes.map((cause) => (
          <li key={cause}>
            <CauseGlyph cause={cause} /> <b>{words.cause[cause].label}</b> <small>{words.cause[cause].sub}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
