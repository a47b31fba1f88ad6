// Name, origins, and what the project's scripts are told.
import { useState, type FormEvent } from "react";
import { Button } from "../controls/button";
import { Card } from "../parts/card";
import { Check, Field, Outcome, useChange } from "../parts/form";
import { useProject } from "../place";
import { settingsWords } from "../settings_words";
import type { ProjectSettings } from "../types";
import { saveSettings } from "./queries";

const DEFAULT_FEEDBACK = 0.1;

/** Percent with at most two decimals, as typed. */
export function percent(share: number): string {
  return String(Math.round(share * 10_000) / 100);
}

/** A share from a typed percent; null when it is none. */
export function shareOf(text: string): number | null {
  const value = Number(text.trim().replace(",", ".").replace("%", ""));
  return text.trim() !== "" && Number.isFinite(value) && value >= 0 && value <= 100 ? value / 100 : null;
}

export function ProjectCard({ settings }: { settings: ProjectSettings }) {
  const slug = useProject();
  const [name, setName] = useState(settings.name);
  const [origins, setOrigins] = useState(settings.origins.join("\n"));
  const [sampling, setSampling] = useState(percent(settings.sampling));
  const [replay, setReplay] = useState(settings.replay);
  const [captures, setCaptures] = useState<Record<string, boolean>>(settings.captures);
  const [asks, setAsks] = useState(settings.feedback !== null);
  const [feedback, setFeedback] = useState(percent(settings.feedback ?? DEFAULT_FEEDBACK));
  const [isWrong, setWrong] = useState(false);
  const save = useChange((body: ProjectSettings) => saveSettings(slug, body), [["settings", slug], ["me"], ["live-check", slug]]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [recorded, asked] = [shareOf(sampling), asks ? shareOf(feedback) : null];
    setWrong(recorded === null || (asks && asked === null));
    if (recorded === null || (asks && asked === null)) return;
    const lines = origins.split(/[\s,]+/).filter(Boolean);
    save.mutate({ name, origins: lines, sampling: recorded, replay, captures, feedback: asked });
  };
  return (
    <Card title={settingsWords.project}>
      <form onSubmit={submit} className="form">
        <Field label={settingsWords.name} value={name} maxLength={100} required onChange={(event) => setName(event.currentTarget.value)} />
        <div className="field">
          <label htmlFor="origins">{settingsWords.origins}</label>
          <textarea id="origins" rows={Math.max(2, Math.min(8, origins.split("\n").length))} value={origins} spellCheck={false} aria-describedby="origins-hint" onChange={(event) => setOrigins(event.currentTarget.value)} />
          <small id="origins-hint">{settingsWords.originsHint}</small>
        </div>
        <Field label={settingsWords.sampling} hint={settingsWords.samplingHint} inputMode="decimal" value={sampling} onChange={(event) => setSampling(event.currentTarget.value)} />
        <fieldset>
          <legend>{settingsWords.captures}</legend>
          <div className="check-grid">
            <Check label={settingsWords.replay} checked={replay} onChange={setReplay} />
            {Object.entries(settingsWords.captureNames).map(([key, label]) => (
              <Check key={key} label={label} checked={captures[key] !== false} onChange={(on) => setCaptures({ ...captures, [key]: on })} />
            ))}
          </div>
        </fieldset>
        <div className="form-row">
          <Check label={settingsWords.feedback} checked={asks} onChange={setAsks} />
          {asks && <Field label={settingsWords.feedbackShare} inputMode="decimal" value={feedback} onChange={(event) => setFeedback(event.currentTarget.value)} />}
        </div>
        <div>
          <Button type="submit" variant="filled" loading={save.isPending}>
            {settingsWords.save}
          </Button>
        </div>
        <Outcome error={isWrong ? new Error(settingsWords.wrongShare) : save.error} done={save.isSuccess && settingsWords.saved} />
      </form>
    </Card>
  );
}
