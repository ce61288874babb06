import { Group, NavLink, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Calendar } from "../../flows/schema/calendar.ts";
import { api } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { idOf } from "../library/blank-flow.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconCalendarTime, IconPlus } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { Empty, Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { CalendarForm } from "./CalendarForm.tsx";
import classes from "./settings.module.css";

const fresh = (zone: string): Calendar => ({
  zone,
  week: Object.fromEntries(["1", "2", "3", "4", "5"].map((day) => [day, [{ from: "09:00", to: "18:00" }]])),
  holidays: [],
  special: {},
});

/** Opening hours, changed without changing a flow. */
export function CalendarsPanel() {
  const { t } = useWords();
  const calendars = useLoad(() => api.calendars(), []);
  const [name, setName] = useState<string | null>(null);
  const [title, setTitle] = useState("");
  const all = calendars.data ?? {};
  const chosen = name && name in all ? name : (Object.keys(all)[0] ?? null);
  const create = () => {
    const id = idOf(title, Object.keys(all));
    void attempt(() => api.putCalendar(id, fresh(Intl.DateTimeFormat().resolvedOptions().timeZone || "Europe/Moscow"))).then((good) => {
      if (!good) return;
      setTitle("");
      setName(id);
      calendars.reload();
    });
  };
  return (
    <div className={classes.columns}>
      <div>
        <nav className={classes.nav}>
          {Object.keys(all).map((each) => (
            <NavLink key={each} active={each === chosen} label={each} onClick={() => setName(each)} />
          ))}
        </nav>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create();
          }}
        >
          <Group gap={4} mt="sm" wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={t("calendar.newName")}
              placeholder={t("calendar.newName")}
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <IconButton label={t("common.add")} disabled={!title.trim()} onClick={create}>
              <IconPlus size={16} />
            </IconButton>
          </Group>
        </form>
      </div>
      <Loading
        of={calendars}
        empty={(found) =>
          Object.keys(found).length === 0 && (
            <Empty icon={<IconCalendarTime size={28} />} title={t("calendar.empty")}>
              {t("calendar.emptyHelp")}
            </Empty>
          )
        }
      >
        {(found) =>
          chosen && (
            <CalendarForm
              key={chosen}
              name={chosen}
              calendar={found[chosen]!}
              onSaved={calendars.reload}
              onRemove={() => void attempt(() => api.removeCalendar(chosen)).then(calendars.reload)}
            />
          )
        }
      </Loading>
    </div>
  );
}
