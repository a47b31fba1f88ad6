// Starts the dashboard: theme, query cache, router.
import "@fontsource-variable/hanken-grotesk/wght.css";
import "./styles/say_font.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/parts.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError, whenSignedOut } from "./api";
import { makeRouter } from "./router";
import { startScheme } from "./scheme";
import { startTheme } from "./theme";

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // A refusal stays a refusal; only what may pass by itself is tried again.
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      refetchOnWindowFocus: true,
    },
  },
});
const router = makeRouter(queryClient);

whenSignedOut(() => {
  queryClient.clear();
  const { pathname, href } = router.state.location;
  if (pathname !== "/login") void router.navigate({ to: "/login", search: { next: href } });
});

startTheme();
startScheme();
const element = document.getElementById("root");
if (element) {
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
