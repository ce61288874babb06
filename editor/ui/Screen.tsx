import { Button, Group, Loader, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../i18n/index.ts";
import { IconAlertTriangle, IconRefresh } from "./icons.ts";
import classes from "./Screen.module.css";
import type { Loaded } from "./use-load.ts";

/** A screen: title, actions on the right, one scroll. */
export function Screen({ title, hint, actions, children }: { title: ReactNode; hint?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <div className={classes.heading}>
          <Title order={1}>{title}</Title>
          {hint && (
            <Text c="dimmed" fz="sm">
              {hint}
            </Text>
          )}
        </div>
        <Group gap="sm" wrap="nowrap">
          {actions}
        </Group>
      </header>
      <div className={classes.body}>{children}</div>
    </div>
  );
}

export function Empty({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="sm" className={classes.empty}>
      <span className={classes.emptyIcon}>{icon}</span>
      <Text fw={600}>{title}</Text>
      {children && <div className={classes.emptyText}>{children}</div>}
    </Stack>
  );
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords();
  return (
    <Stack align="center" gap="sm" className={classes.empty} role="alert">
      <IconAlertTriangle className={classes.failed} />
      <Text>{error instanceof Error ? error.message : String(error)}</Text>
      {retry && (
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={retry}>
          {t("common.retry")}
        </Button>
      )}
    </Stack>
  );
}

/** Loading, error, empty, data: the four states of everything that is loaded. */
export function Loading<T>({ of, empty, children }: { of: Loaded<T>; empty?: (data: T) => ReactNode; children: (data: T) => ReactNode }) {
  if (of.data === null) {
    if (of.error) return <Failed error={of.error} retry={of.reload} />;
    return (
      <div className={classes.empty}>
        <Loader size="sm" />
      </div>
    );
  }
  return empty?.(of.data) || children(of.data);
}
