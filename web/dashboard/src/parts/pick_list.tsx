// A text field with a list to pick from: type to narrow, arrows to move, Enter to take. The focus stays in the field, and
// screen readers are told which line is marked (the combobox pattern of WAI-ARIA).
import "../styles/pick_list.css";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export interface Option {
  id: string;
  text: string;
  detail?: ReactNode;
  icon?: ReactNode;
  /** Lines of one group stand together under its name. */
  group?: string;
}

interface PickListProps {
  label: string;
  query: string;
  onQuery: (query: string) => void;
  options: readonly Option[];
  onPick: (id: string) => void;
  /** Said below the list: that it loads, that it is empty, what its numbers count. */
  note?: string;
  inputMode?: "text" | "search";
}

/** Options of which every word of the query is part, in their order. */
export function matching(options: readonly Option[], query: string): Option[] {
  const parts = query.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ text, group = "" }) => parts.every((part) => `${text} ${group}`.toLowerCase().includes(part)));
}

export function PickList({ label, query, onQuery, options, onPick, note, inputMode = "search" }: PickListProps) {
  const base = useId();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const marked = Math.min(at, options.length - 1);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [marked]);
  const keys = (event: KeyboardEvent) => {
    const last = options.length - 1;
    const to = { ArrowDown: marked >= last ? 0 : marked + 1, ArrowUp: marked <= 0 ? last : marked - 1, PageDown: Math.min(last, marked + 8), PageUp: Math.max(0, marked - 8) }[event.key];
    if (to !== undefined && last >= 0) {
      event.preventDefault();
      setAt(to);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = options[marked];
      if (option) onPick(option.id);
    }
  };
  return (
    <div className="pick-list">
      <div className="pick-field">
        <IconSearch size={16} stroke={1.7} aria-hidden="true" />
        <input
          autoFocus role="combobox" aria-expanded="true" aria-controls={base} aria-activedescendant={marked >= 0 ? `${base}-${marked}` : undefined} aria-autocomplete="list"
          aria-label={label} placeholder={label} value={query} inputMode={inputMode} autoComplete="off" spellCheck={false}
          onChange={(event) => {
            onQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={keys}
        />
      </div>
      <ul id={base} ref={list} role="listbox" aria-label={label}>
        {options.map((option, index) => [
          option.group && option.group !== options[index - 1]?.group ? (
            <li key={`group-${option.group}-${index}`} role="presentation" className="pick-group">
              {option.group}
            </li>
          ) : null,
          <li
            key={option.id} id={`${base}-${index}`} role="option" aria-selected={index === marked} className="pick-option"
            onMouseMove={() => setAt(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(option.id)}
          >
            {option.icon}
            <span className="pick-text">{option.text}</span>
            {option.detail !== undefined && <small>{option.detail}</small>}
          </li>,
        ])}
      </ul>
      <p className="pick-note" role="status">
        {note}
      </p>
    </div>
  );
}
