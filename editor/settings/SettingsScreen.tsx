import { Tabs } from "@mantine/core";
import { useWords } from "../i18n/index.ts";
import { Screen } from "../ui/Screen.tsx";
import { navigate, pathOf } from "../ui/router.ts";
import { AboutPanel } from "./AboutPanel.tsx";
import { CalendarsPanel } from "./CalendarsPanel.tsx";
import { ConnectorsPanel } from "./ConnectorsPanel.tsx";
import { MessagesPanel } from "./MessagesPanel.tsx";
import { NumbersPanel } from "./NumbersPanel.tsx";
import { RecordingsPanel } from "./RecordingsPanel.tsx";
import { SwitchesPanel } from "./SwitchesPanel.tsx";
import { TablesPanel } from "./TablesPanel.tsx";

const tabs = {
  numbers: NumbersPanel,
  calendars: CalendarsPanel,
  switches: SwitchesPanel,
  tables: TablesPanel,
  connectors: ConnectorsPanel,
  messages: MessagesPanel,
  recordings: RecordingsPanel,
  about: AboutPanel,
} as const;
type Tab = keyof typeof tabs;

export default function SettingsScreen({ id }: { id: string | null }) {
  const { t } = useWords();
  const tab = (id && id in tabs ? id : "numbers") as Tab;
  const Panel = tabs[tab];
  return (
    <Screen title={t("nav.settings")}>
      <Tabs value={tab} onChange={(next) => navigate(pathOf("settings", next))} mb="md">
        <Tabs.List>
          {Object.keys(tabs).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`settings.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Panel />
    </Screen>
  );
}
