// Values of one field to pick from, as the server proposes them for what is typed.
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { count } from "../format";
import { PickList, type Option } from "../parts/pick_list";
import { usePeriod, useProject } from "../place";
import type { Search } from "../search";
import { segmentWords } from "../segment_words";
import { signalName } from "../words";
import { valuesQuery, type Field } from "./queries";

const PAUSE_MS = 250;
/** Of these a value that nobody has yet can be asked for. */
const FREE: readonly Field[] = ["screen", "user", "release", "element", "event", "browser", "country", "locale", "api"];

interface ValuesProps {
  /** The segment in which they are counted. */
  of: Search;
  field: Field;
  label: string;
  /** Before all others, such as "Any API". */
  first?: Option;
  onPick: (value: string) => void;
}

function textOf(field: Field, value: string, label: string | null): string {
  if (value === "") return segmentWords.unknown;
  if (field === "signal") return signalName(value);
  if (field === "error") return label ?? value;
  return label ? `${label} (${value})` : value;
}

export function Values({ of, field, label, first, onPick }: ValuesProps) {
  const [typed, setTyped] = useState("");
  const [part] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const { data, isPending, isError } = useQuery(valuesQuery(useProject(), of, usePeriod(), field, part));
  const values = data?.values ?? [];
  const options: Option[] = values.map(({ value, label: named, sessions }) => ({ id: `=${value}`, text: textOf(field, value, named), detail: count(sessions) }));
  const isFree = typed.trim() !== "" && FREE.includes(field) && !values.some(({ value }) => value === typed.trim());
  if (isFree) options.push({ id: `=${typed.trim()}`, text: segmentWords.use(typed.trim()) });
  if (first && part === "") options.unshift(first);
  const note = isError ? segmentWords.failed : isPending ? segmentWords.loading : values.length ? segmentWords.counted(data?.counted_sessions ?? 0) : segmentWords.none;
  return <PickList label={label} query={typed} onQuery={setTyped} options={options} onPick={(id) => onPick(id.startsWith("=") ? id.slice(1) : "")} note={note} />;
}
