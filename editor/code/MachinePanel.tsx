import { Button, Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { downloadText } from "../ui/download.ts";
import { IconDownload } from "../ui/icons.ts";
import classes from "./code.module.css";
import JsonText from "./JsonText.tsx";

/** The compiled state machine, read-only. */
export default function MachinePanel() {
  const { t } = useWords();
  const flow = useFlow((state) => state.whole);
  const text = useMemo(() => {
    try {
      return JSON.stringify(compileFlow(flow), null, 2);
    } catch (error) {
      return JSON.stringify({ error: String(error) });
    }
  }, [flow]);
  return (
    <div className={classes.panel}>
      <Group className={classes.bar!} gap="sm">
        <Button variant="default" leftSection={<IconDownload size={14} />} onClick={() => downloadText(`${flow.id}.machine.json`, text, "application/json")}>
          {t("common.download")}
        </Button>
        <Text fz="sm" c="dimmed">
          {t("machine.help")}
        </Text>
      </Group>
      <div className={classes.text}>
        <JsonText value={text} readOnly label={t("drawer.machine")} />
      </div>
    </div>
  );
}
