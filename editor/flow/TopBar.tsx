import { Button } from "@mantine/core";
import type { FlowDetails } from "../api/index.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { ScoreBadge } from "../problems/ScoreBadge.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconDownload, IconPhone, IconRocket } from "../ui/icons.ts";
import { downloadText } from "../ui/download.ts";
import { navigate } from "../ui/router.ts";
import classes from "./flow.module.css";

type Props = { details: FlowDetails; onSimulate(): void; onPublish(): void; onScore(): void };

export function TopBar({ details, onSimulate, onPublish, onScore }: Props) {
  const { t, say } = useWords();
  const store = useFlowStore();
  const title = useFlow((state) => state.flow.title);
  const saved = useFlow((state) => state.saved);
  const canUndo = useFlow((state) => state.past.length > 0);
  const canRedo = useFlow((state) => state.future.length > 0);
  return (
    <div className={classes.top}>
      <IconButton label={t("flow.toList")} onClick={() => navigate("/flows")}>
        <IconArrowLeft size={16} />
      </IconButton>
      <span className={classes.name}>{say(title, store.get().flow.id)}</span>
      <span className={classes.live} data-live={details.live !== null || undefined}>
        {details.live === null ? t("flow.draft") : t("flow.live", { version: details.live })}
        {details.numbers.length > 0 && ` · ${details.numbers.map((row) => row.number).join(", ")}`}
      </span>
      <span className={classes.state} data-saved={saved} data-testid="saved-state" role="status">
        {t(`saved.${saved}`)}
      </span>
      <span className={classes.spacer} />
      <ScoreBadge onOpen={onScore} />
      <IconButton label={t("flow.undo")} keys="Ctrl Z" disabled={!canUndo} onClick={() => store.undo()}>
        <IconArrowBackUp size={17} />
      </IconButton>
      <IconButton label={t("flow.redo")} keys="Ctrl Y" disabled={!canRedo} onClick={() => store.redo()}>
        <IconArrowForwardUp size={17} />
      </IconButton>
      <IconButton
        label={t("flow.download")}
        onClick={() => downloadText(`${store.get().flow.id}.flow.json`, `${JSON.stringify(store.get().whole, null, 2)}\n`, "application/json")}
      >
        <IconDownload size={17} />
      </IconButton>
      <Button variant="default" leftSection={<IconPhone size={15} />} onClick={onSimulate}>
        {t("flow.simulate")}
      </Button>
      <Button leftSection={<IconRocket size={15} />} onClick={onPublish}>
        {t("flow.publish")}
      </Button>
    </div>
  );
}
