import { config } from "zod";

/** The page may not make code of texts (its Content-Security-Policy): zod must not even try. Imported before any schema. */
config({ jitless: true });
