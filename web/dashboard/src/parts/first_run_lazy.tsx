// The first-run page is seen once in a project's life: it stays out of what every other visit loads.
import { lazy, Suspense, type ComponentProps } from "react";

const Page = lazy(() => import("../pages/first_run").then((m) => ({ default: m.FirstRun })));

export function FirstRun(props: ComponentProps<typeof Page>) {
  return (
    <Suspense fallback={null}>
      <Page {...props} />
    </Suspense>
  );
}
