import { useWords } from "../i18n/index.ts";
import { Empty, Screen } from "../ui/Screen.tsx";

export default function SettingsScreen(_props: { id: string | null }) {
  const { t } = useWords();
  return <Screen title={t("nav.settings")}><Empty title="…" /></Screen>;
}
