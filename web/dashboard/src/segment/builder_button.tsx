// A button that opens the builder of a segment, which is loaded then: in the frame and on the list of sessions.
import { lazy, Suspense, type ReactElement } from "react";
import { Popover } from "../controls/popover";
import { Blocks } from "../parts/states";

const Builder = lazy(() => import("./builder"));

/** `children`: the button, which changes `opened` by itself. */
export function BuilderButton({ opened, onChange, children }: { opened: boolean; onChange: (opened: boolean) => void; children: ReactElement<Record<string, unknown>> }) {
  return (
    <Popover opened={opened} onChange={onChange} position="bottom-start" width="min(380px, calc(100vw - 24px))">
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown className="bare">
        {opened && (
          <Suspense fallback={<Blocks blocks={[["100%", 280]]} />}>
            <Builder onDone={() => onChange(false)} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
