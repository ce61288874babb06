import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Monaco and elk stay out of the first load: they sit behind dynamic imports and workers. */
export default defineConfig({
  root: "editor",
  base: "/",
  plugins: [react()],
  worker: { format: "es" },
  build: {
    outDir: "../dist/editor",
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: "mantine", test: /node_modules[\\/]@mantine[\\/]/ },
            { name: "xyflow", test: /node_modules[\\/]@xyflow[\\/]/ },
            // With zod, so that it is told before any schema is made.
            { name: "machine", test: /node_modules[\\/](xstate|zod|@marcbachmann)[\\/]|editor[\\/]no-eval/ },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { "/api": "http://127.0.0.1:8080" } },
});
