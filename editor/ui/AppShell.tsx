import { Kbd, Menu, Tooltip, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState, type ReactNode } from "react";
import { folded } from "../../flows/language/folded.ts";
import { api, type FlowRow } from "../api/index.ts";
import { screenLanguages, setLanguage, useWords } from "../i18n/index.ts";
import classes from "./AppShell.module.css";
import { IconButton } from "./IconButton.tsx";
import {
  IconAddressBook,
  IconBooks,
  IconHeadset,
  IconHistory,
  IconLanguage,
  IconMoon,
  IconPhoneOutgoing,
  IconRoute,
  IconSearch,
  IconSettings,
  IconSun,
} from "./icons.ts";
import { shortcutOf } from "./key-name.ts";
import { linkTo, navigate, pathOf, useRoute } from "./router.ts";

export const screens = [
  { name: "library", icon: IconBooks },
  { name: "flows", icon: IconRoute },
  { name: "calls", icon: IconHistory },
  { name: "desk", icon: IconHeadset },
  { name: "campaigns", icon: IconPhoneOutgoing },
  { name: "lists", icon: IconAddressBook },
  { name: "settings", icon: IconSettings },
] as const;

export function AppShell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const route = useRoute();
  return (
    <div className={classes.shell}>
      <header className={classes.header}>
        <a className={classes.brand} aria-label={t("app.name")} {...linkTo("/library")}>
          <img src="/icon.svg" alt="" width={22} height={22} />
          <span>{t("app.name")}</span>
        </a>
        <nav className={classes.nav} aria-label={t("app.navigation")}>
          {screens.map(({ name, icon: Icon }) => (
            <a key={name} className={classes.link} aria-current={route.screen === name ? "page" : undefined} {...linkTo(pathOf(name))}>
              <Icon size={16} stroke={1.75} />
              <span>{t(`nav.${name}`)}</span>
            </a>
          ))}
        </nav>
        <Tooltip label={t("app.searchHint")}>
          <UnstyledButton className={classes.search} onClick={() => spotlight.open()}>
            <IconSearch size={14} />
            <span>{t("app.search")}</span>
            <Kbd size="xs">Ctrl K</Kbd>
          </UnstyledButton>
        </Tooltip>
        <LanguageSwitch />
        <SchemeSwitch />
      </header>
      <main className={classes.main}>{children}</main>
      <Palette />
    </div>
  );
}

function LanguageSwitch() {
  const { t, language } = useWords();
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton className={classes.language} aria-label={`${t("app.language")}: ${language.toUpperCase()}`}>
          <IconLanguage size={16} />
          {language.toUpperCase()}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {screenLanguages.map((each) => (
          <Menu.Item key={each} onClick={() => setLanguage(each)}>
            {each === "ru" ? "Русский" : "English"}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeSwitch() {
  const { t } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <IconButton label={t(dark ? "app.light" : "app.dark")} onClick={() => setColorScheme(dark ? "light" : "dark")}>
      {dark ? <IconSun size={16} /> : <IconMoon size={16} />}
    </IconButton>
  );
}

const shownFlows = 30;
const named = <T extends { label?: string }>(actions: T[], words: string): T[] =>
  actions.filter((action) => folded(action.label ?? "").includes(folded(words.trim())));

/** Ctrl+K: screens and flows. The server looks for the flows. */
function Palette() {
  const { t, say } = useWords();
  const [flows, setFlows] = useState<FlowRow[]>([]);
  const [query, setQuery] = useState("");
  const [settled] = useDebouncedValue(query.trim(), 200);
  const [opened, setOpened] = useState(0);
  useEffect(() => {
    if (opened === 0) return;
    let late = false;
    const found = api.flowsPage({ limit: shownFlows, ...(settled ? { search: settled } : {}) });
    void found.then(
      (page) => void (late || setFlows(page.flows)),
      () => void (late || setFlows([])),
    );
    return () => void (late = true);
  }, [settled, opened]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (shortcutOf(event) !== "Ctrl+K") return;
      event.preventDefault();
      spotlight.toggle();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const groups = [
    {
      group: t("spotlight.screens"),
      actions: screens.map(({ name, icon: Icon }) => ({
        id: name,
        label: t(`nav.${name}`),
        leftSection: <Icon size={18} />,
        onClick: () => navigate(pathOf(name)),
      })),
    },
    {
      group: t("spotlight.flows"),
      actions: flows.map((flow) => ({
        id: `flow-${flow.id}`,
        label: say(flow.title, flow.id),
        description: `${t(`kind.${flow.kind}`)} · ${flow.id}`,
        leftSection: <IconRoute size={18} />,
        onClick: () => navigate(pathOf("flows", flow.id)),
      })),
    },
    {
      group: t("spotlight.actions"),
      actions: screenLanguages.map((each) => ({
        id: `language-${each}`,
        label: each === "ru" ? "Русский язык" : "English language",
        leftSection: <IconLanguage size={18} />,
        onClick: () => setLanguage(each),
      })),
    },
  ];
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpened((before) => before + 1)}
      filter={(words, all) =>
        all.map((group) => ("actions" in group && group.group !== t("spotlight.flows") ? { ...group, actions: named(group.actions, words) } : group))
      }
      shortcut={null}
      nothingFound={t("common.nothingFound")}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t("spotlight.placeholder") }}
    />
  );
}
