import { useWords } from "../i18n/index.ts";
import { Empty, Screen } from "../ui/Screen.tsx";

export default function ListsScreen(_props: { id: string | null }) {
  const { t } = useWords();
  return <Screen title={t("nav.lists")}><Empty title="…" /></Screen>;
}
