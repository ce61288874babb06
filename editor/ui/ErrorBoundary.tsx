import { Button, Stack, Text } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { translate } from "../i18n/index.ts";

/** A failed screen shows an error and offers a retry; other screens are not affected. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Stack align="center" p="xl" role="alert">
        <Text fw={600}>{translate("error.screen")}</Text>
        <Text ff="monospace" fz="xs" c="dimmed">
          {error instanceof Error ? error.message : String(error)}
        </Text>
        <Button variant="default" onClick={() => this.setState({ error: null })}>
          {translate("common.retry")}
        </Button>
      </Stack>
    );
  }
}
