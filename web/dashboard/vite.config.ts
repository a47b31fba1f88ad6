// Builds the dashboard into mien/static/dashboard, from where the API serves it; `npx vite` proxies to a running Mien.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const MIEN = "http://127.0.0.1:8110";

export default defineConfig({
  root: new URL(".", import.meta.url).pathname,
  plugins: [react()],
  build: {
    outDir: "../../mien/static/dashboard",
    emptyOutDir: true,
    assetsDir: "assets",
    target: "es2022",
    // ECharts and the replayer are loaded lazily; each is one file that cannot usefully be split.
    chunkSizeWarningLimit: 700,
    // What nine pages or more need is one file: 28 small ones were 12 kB more of the first load, and with what six need it was 6 kB more.
    rolldownOptions: { output: { advancedChunks: { groups: [{ name: "shared", minShareCount: 9, minSize: 0 }] } } },
  },
  server: { proxy: { "/api": MIEN, "/healthz": MIEN, "/schema": MIEN } },
});
