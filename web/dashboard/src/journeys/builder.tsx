// Builds a funnel: two to eight screens or events in order, and the time they may take. All of it is in the URL.
import { IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ActionIcon, Button } from "../controls/button";
import { NativeSelect } from "../controls/input";
import { duration, plural } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { choicesQuery } from "./queries";
import type { FunnelChoices } from "../types";
import { journeysWords } from "../journeys_words";
import { funnelStepWords, splitSteps } from "./way";

const LEAST_STEPS = 2;
const MOST_STEPS = 8;
const WINDOWS_S = [60, 300, 900, 3600, 14_400] as const;

export function Builder() {
  const search = useSearchState();
  const change = useChangeSearch();
  const { data, error, refetch } = useQuery(choicesQuery(useProject(), search, usePeriod(), true));
  const named = splitSteps(search.steps);
  const steps = [...named, ...Array.from({ length: Math.max(0, LEAST_STEPS - named.length) }, () => "")];
  const set = (changed: readonly string[]) => change({ steps: changed.join(">>") || undefined });
  const { build, buildSub, step: name, remove, earlier, add, window, session } = journeysWords.funnel;
  const swap = (index: number) => set(steps.map((step, at) => (at === index - 1 ? (steps[index] ?? "") : at === index ? (steps[index - 1] ?? "") : step)));
  return (
    <Card title={build} sub={buildSub} className="builder">
      {error && <Answer to={{ data, error, refetch }}>{() => null}</Answer>}
      <ol>
        {steps.map((step, index) => (
          <li key={index}>
            <span className="builder-number" aria-hidden="true">
              {index + 1}
            </span>
            <StepSelect label={name(index + 1)} step={step} choices={data} onChoose={(chosen) => set(steps.map((old, at) => (at === index ? chosen : old)))} />
            <ActionIcon aria-label={earlier(index + 1)} disabled={index === 0} onClick={() => swap(index)}>
              <IconArrowUp size={16} stroke={1.7} />
            </ActionIcon>
            <ActionIcon aria-label={remove(index + 1)} disabled={steps.length <= LEAST_STEPS} onClick={() => set(steps.filter((_step, at) => at !== index))}>
              <IconX size={16} stroke={1.7} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <div className="builder-foot">
        <Button leftSection={<IconPlus size={15} stroke={1.7} />} disabled={steps.length >= MOST_STEPS || steps.some((step) => !step)} onClick={() => set([...steps, ""])}>
          {add}
        </Button>
        <label className="inline-select">
          {window}
          <NativeSelect
            value={search.within_s ?? ""}
            onChange={(event) => change({ within_s: event.currentTarget.value ? Number(event.currentTarget.value) : undefined })}
            data={[{ value: "", label: session }, ...[...new Set([...WINDOWS_S, ...(search.within_s ? [search.within_s] : [])])].map((s) => ({ value: String(s), label: duration(s * 1000) }))]}
          />
        </label>
      </div>
    </Card>
  );
}

interface StepSelectProps {
  label: string;
  step: string;
  choices: FunnelChoices | undefined;
  onChoose: (step: string) => void;
}

/** A step that is no choice of the period stays, so that a copied address shows the same. */
function StepSelect({ label, step, choices, onChoose }: StepSelectProps) {
  const { choose, groups } = journeysWords.funnel;
  const option = ({ step: value, name, sessions }: FunnelChoices["screens"][number]) => ({ value, label: `${name} (${plural(sessions, "session")})` });
  const screens = choices?.screens.map(option) ?? [];
  const events = choices?.events.map(option) ?? [];
  const isKnown = step === "" || [...screens, ...events].some(({ value }) => value === step);
  return (
    <NativeSelect
      aria-label={label}
      className="builder-select"
      value={step}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={[
        { value: "", label: choose },
        ...(isKnown ? [] : [{ value: step, label: funnelStepWords(step) }]),
        ...(screens.length ? [{ group: groups.screens, items: screens }] : []),
        ...(events.length ? [{ group: groups.events, items: events }] : []),
      ]}
    />
  );
}
