// Buttons: with words, with an icon, without any looks, and the cross that takes something away.
import "../styles/controls.css";
import { IconX } from "@tabler/icons-react";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

type Native = ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement>; "data-on"?: boolean; "data-set"?: boolean; "data-autofocus"?: boolean; "data-sorted"?: boolean };

export interface RootProps {
  className: string;
  "data-variant": string;
  children: ReactNode;
}

interface ButtonProps extends Native {
  variant?: "default" | "filled";
  leftSection?: ReactNode;
  /** It is being done: not to be pressed again. */
  loading?: boolean;
  fullWidth?: boolean;
  isSmall?: boolean;
  /** Pixels. */
  height?: number;
  /** For a button that is a link, or stands in one. */
  renderRoot?: (props: RootProps) => ReactNode;
}

export function Button({ variant = "default", leftSection, loading = false, fullWidth = false, isSmall = false, height, renderRoot, className = "", disabled, children, ...native }: ButtonProps) {
  const root: RootProps = {
    className: `button ${fullWidth ? "full" : ""} ${isSmall ? "small" : ""} ${className}`,
    "data-variant": variant,
    children: (
      <>
        {leftSection && <span className="button-side">{leftSection}</span>}
        <span className="button-label">{children}</span>
      </>
    ),
  };
  if (renderRoot) return renderRoot(root);
  return <button type="button" disabled={disabled || loading} aria-busy={loading || undefined} style={height ? { height } : undefined} {...native} {...root} />;
}

interface ActionIconProps extends Native {
  variant?: "subtle" | "filled";
  /** Pixels. */
  size?: number;
  loading?: boolean;
}

export function ActionIcon({ variant = "subtle", size, loading = false, className = "", disabled, ...native }: ActionIconProps) {
  return <button type="button" className={`icon-button ${className}`} data-variant={variant} disabled={disabled || loading} aria-busy={loading || undefined} style={size ? { width: size, height: size } : undefined} {...native} />;
}

export function CloseButton({ size, ...native }: Native & { size: number }) {
  return (
    <ActionIcon size={size} {...native} className="close-button">
      <IconX size={size > 22 ? 15 : 14} stroke={1.8} />
    </ActionIcon>
  );
}

export function UnstyledButton({ className = "", ...native }: Native) {
  return <button type="button" className={`plain-button ${className}`} {...native} />;
}
