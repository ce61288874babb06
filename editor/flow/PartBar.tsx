import { Menu, Text, UnstyledButton } from "@mantine/core";
import { localize } from "../../flows/schema/values.ts";
import { removePart } from "../document/edits/parts.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconDots, IconTrash } from "../ui/icons.ts";
import classes from "./flow.module.css";

/** Which graph is on the canvas: the flow or one of its parts. Not shown while there are no parts. */
export function PartBar() {
  const { t, say, language } = useWords();
  const store = useFlowStore();
  const parts = useFlow((state) => state.whole.parts);
  const title = useFlow((state) => state.whole.title);
  const part = useFlow((state) => state.part);
  const names = Object.keys(parts);
  if (names.length === 0) return null;
  return (
    <nav className={classes.parts} aria-label={t("parts.title")}>
      <UnstyledButton className={classes.partTab} aria-current={part === null ? "page" : undefined} onClick={() => store.openPart(null)}>
        {say(title, store.get().whole.id)}
      </UnstyledButton>
      {names.map((name) => (
        <UnstyledButton key={name} className={classes.partTab} aria-current={part === name ? "page" : undefined} onClick={() => store.openPart(name)}>
          {localize(parts[name]?.title, language, name)}
        </UnstyledButton>
      ))}
      {part !== null && (
        <Menu position="bottom-end">
          <Menu.Target>
            <IconButton size={22} label={t("common.more")}>
              <IconDots size={14} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => store.edit(removePart(part))}>
              {t("parts.remove")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {part !== null && (
        <Text fz="xs" c="dimmed" ml="auto">
          {t("parts.hint")}
        </Text>
      )}
    </nav>
  );
}
