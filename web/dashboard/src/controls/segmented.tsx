// One of a few, all of them seen: a group of radio buttons in one frame.
import "../styles/segmented.css";
import { useEffect, useId, useRef, type ReactNode } from "react";

interface SegmentedControlProps {
  value: string;
  onChange: (value: string) => void;
  data: readonly { value: string; label: ReactNode }[];
  className?: string;
  "aria-label"?: string;
}

export function SegmentedControl({ value, onChange, data, className = "", ...native }: SegmentedControlProps) {
  const name = useId();
  const box = useRef<HTMLDivElement>(null);
  // Where not all fit, as on a phone, the chosen one is in sight.
  useEffect(() => {
    const chosen = box.current?.querySelector("input:checked")?.parentElement;
    if (box.current && chosen) box.current.scrollLeft = chosen.offsetLeft - (box.current.clientWidth - chosen.offsetWidth) / 2;
  }, [value]);
  return (
    <div ref={box} role="radiogroup" className={`segmented ${className}`} {...native}>
      {data.map((one) => (
        <label key={one.value} className="segmented-label">
          <input type="radio" name={name} value={one.value} checked={one.value === value} onChange={() => onChange(one.value)} />
          <span>{one.label}</span>
        </label>
      ))}
    </div>
  );
}
