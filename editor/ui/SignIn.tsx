import { Button, Paper, PasswordInput, Stack, Title } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { api } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { useLoad } from "./use-load.ts";

/** Asks for the password if the server has one; without a password, or offline, the screens are shown. */
export function SignIn({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const session = useLoad(() => api.session(), []);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | null>(null);
  if (session.loading && !session.data) return null;
  if (!session.data?.required || session.data.signedIn) return children;
  return (
    <Paper withBorder p="xl" maw={360} mx="auto" mt={120}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          api.signIn(password).then(session.reload, (failure: Error) => setError(failure.message));
        }}
      >
        <Stack>
          <Title order={2}>{t("app.name")}</Title>
          <PasswordInput label={t("signIn.password")} value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={error} autoFocus />
          <Button type="submit">{t("signIn.enter")}</Button>
        </Stack>
      </form>
    </Paper>
  );
}
