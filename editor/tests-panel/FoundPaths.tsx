import { Button, Group, Loader, Progress, Text } from "@mantine/core";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Conversation } from "../../flows/simulate/conversation.ts";
import { useWords, type Translate } from "../i18n/index.ts";
import { titleAt } from "../phone/node-at.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconCircleCheck, IconPlus, IconRoute, IconX } from "../ui/icons.ts";
import { placeTitle } from "./place-title.ts";
import { Places } from "./Places.tsx";
import type { FoundPath } from "./search-paths.ts";
import { SearchFailed } from "./SearchFailed.tsx";
import classes from "./tests.module.css";
import type { Search } from "./use-search.ts";

type Props = { search: Search; flow: Flow; added: ReadonlySet<string>; onAdd(tests: Conversation[]): void; onPick(node: string): void };

/** Conversations found for unvisited places; each can become a test. Places without a path are listed. */
export function FoundPaths({ search, flow, added, onAdd, onPick }: Props) {
  const { t, language } = useWords();
  const { paths, progress, state } = search;
  if (state === "failed") return <SearchFailed search={search} />;
  const fresh = (paths?.found ?? []).filter(({ conversation }) => !added.has(keyOf(conversation)));
  return (
    <section className={classes.search} aria-label={t("tests.findPaths")}>
      <FoundHead search={search} fresh={fresh.length} onAddAll={() => onAdd(fresh.map((each) => titled(each, flow, language, t)))} />
      {state === "running" && (
        <Progress animated size="xs" radius={0} value={progress && progress.total > 0 ? 100 * (1 - progress.open / progress.total) : 100} />
      )}
      {state === "cancelled" && <p className={classes.searchNote}>{t("tests.cancelled")}</p>}
      {state === "done" && paths?.total === 0 && <p className={classes.searchNote}>{t("tests.nothingMissing")}</p>}
      {paths?.found.map((each) => (
        <FoundRow
          key={keyOf(each.conversation)}
          path={each}
          flow={flow}
          added={added.has(keyOf(each.conversation))}
          onAdd={() => onAdd([titled(each, flow, language, t)])}
          onPick={onPick}
        />
      ))}
      {state !== "running" && paths && (
        <Places title={t(state === "cancelled" ? "tests.uncovered" : "tests.noWay")} places={paths.uncovered} flow={flow} onPick={onPick} />
      )}
    </section>
  );
}

function FoundHead({ search, fresh, onAddAll }: { search: Search; fresh: number; onAddAll(): void }) {
  const { t } = useWords();
  const { paths, progress, state } = search;
  const [left, runs] = state === "running" && progress ? [progress.open, progress.runs] : [paths?.uncovered.length ?? 0, paths?.runs ?? 0];
  return (
    <Group className={classes.searchHead!} gap="sm">
      <Text fz="sm" fw={600} role="status" data-testid="paths-state" data-state={state}>
        {paths || progress ? t("tests.pathsFound", { found: paths?.found.length ?? 0, left, runs }) : t("tests.searching")}
      </Text>
      {state === "running" && <Loader size={14} />}
      <span className={classes.gap} />
      {state === "running" && (
        <Button variant="default" onClick={search.cancel}>
          {t("common.cancel")}
        </Button>
      )}
      {state !== "running" && fresh > 0 && (
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={onAddAll}>
          {t("tests.addAll", { count: fresh })}
        </Button>
      )}
      {state !== "running" && (
        <IconButton size={22} label={t("common.close")} onClick={search.close}>
          <IconX size={14} />
        </IconButton>
      )}
    </Group>
  );
}

/** A conversation by what happens in it, whatever its title. */
export const keyOf = ({ given, talk }: Conversation): string => JSON.stringify([given, talk]);

/** Named by the first new place it comes to: the last node of many ways is the same. */
const titled = ({ conversation, gains }: FoundPath, flow: Flow, language: string, t: Translate): Conversation => ({
  ...conversation,
  title: placeTitle(flow, gains.find((place) => place.includes(":")) ?? gains[0]!, language, t),
});

function FoundRow({ path, flow, added, onAdd, onPick }: { path: FoundPath; flow: Flow; added: boolean; onAdd(): void; onPick(node: string): void }) {
  const { t, language } = useWords();
  const way = (path.conversation.expect.path ?? []).map((node) => titleAt(flow, node, language));
  return (
    <div className={classes.test} data-found>
      <IconRoute size={16} />
      <div className={classes.testText}>
        <div className={classes.way} title={way.join(" → ")}>
          {way.join(" → ")}
        </div>
        <Places title={t("tests.gains")} places={path.gains} first={4} flow={flow} onPick={onPick} />
      </div>
      {added ? (
        <Text fz="xs" c="var(--ok)" className={classes.added!}>
          <IconCircleCheck size={14} /> {t("tests.added")}
        </Text>
      ) : (
        <Button variant="default" size="compact-xs" onClick={onAdd}>
          {t("tests.add")}
        </Button>
      )}
    </div>
  );
}
