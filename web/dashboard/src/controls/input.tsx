// Fields for one value: a text, and one of a few.
import "../styles/input.css";
import { IconChevronDown } from "@tabler/icons-react";
import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes } from "react";

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
  label?: string;
  /** What is wrong with it, in words. */
  error?: string;
  leftSection?: ReactNode;
  rightSection?: ReactNode;
}

export function TextInput({ label, error, leftSection, rightSection, className = "", ...native }: TextInputProps) {
  const id = useId();
  const describedBy = [native["aria-describedby"], error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={`input-field ${className}`}>
      {label && <label htmlFor={id}>{label}</label>}
      <div className="input-box">
        {leftSection && <span className="input-side">{leftSection}</span>}
        <input id={id} type="text" {...native} className={leftSection ? "input with-side" : "input"} aria-invalid={error ? true : undefined} aria-describedby={describedBy || undefined} />
        {rightSection}
      </div>
      {error && (
        <p className="input-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface NativeSelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label?: string;
  /** Options, those of a group together under its name. */
  data: readonly (Choice | { group: string; items: readonly Choice[] })[];
}

interface Choice {
  value: string;
  label: string;
}

const optionOf = ({ value, label }: Choice) => (
  <option key={value} value={value}>
    {label}
  </option>
);

export function NativeSelect({ label, data, className = "", ...native }: NativeSelectProps) {
  const id = useId();
  return (
    <div className={`input-field ${className}`}>
      {label && <label htmlFor={id}>{label}</label>}
      <div className="input-box">
        <select id={id} {...native} className="input">
          {data.map((one) =>
            "items" in one ? (
              <optgroup key={one.group} label={one.group}>
                {one.items.map(optionOf)}
              </optgroup>
            ) : (
              optionOf(one)
            ),
          )}
        </select>
        <IconChevronDown className="select-arrow" size={15} stroke={1.7} aria-hidden="true" />
      </div>
    </div>
  );
}
