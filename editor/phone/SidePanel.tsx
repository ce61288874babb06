import { Tabs } from "@mantine/core";
import type { Flow } from "../../flows/schema/flow.ts";
import { useWords } from "../i18n/index.ts";
import { useKept } from "../ui/use-kept.ts";
import type { AskedWorld } from "./asked-world.ts";
import type { CallGiven } from "./call-given.ts";
import { GivenForm } from "./GivenForm.tsx";
import classes from "./phone.module.css";
import type { PhoneSession } from "./phone-session.ts";
import { ServicesPanel } from "./ServicesPanel.tsx";
import type { StoredData } from "./stored-data.ts";
import { useAskedWorld } from "./use-asked-world.ts";
import { ValuesPanel } from "./ValuesPanel.tsx";

type Props = { flow: Flow; session: PhoneSession | null; given: CallGiven; setGiven(given: CallGiven): void };
/** With what the flow asks of the world, and what the installation keeps of it. */
export type SideProps = Props & { asked: AskedWorld; stored: StoredData };

/** Side panel: captured values, service behaviour, conditions. */
export function SidePanel(props: Props) {
  const { t } = useWords();
  const { flow, session } = props;
  const [kept, keep] = useKept<string | null>("phone.side", null);
  const shown = kept === "services" || kept === "given" || (kept === "values" && session) ? kept : session ? "values" : "given";
  const side: SideProps = { ...props, ...useAskedWorld(flow) };
  return (
    <Tabs className={classes.side!} value={shown} onChange={keep}>
      <Tabs.List>
        {session && <Tabs.Tab value="values">{t("phone.values")}</Tabs.Tab>}
        <Tabs.Tab value="services">{t("phone.services")}</Tabs.Tab>
        <Tabs.Tab value="given">{t("phone.given")}</Tabs.Tab>
      </Tabs.List>
      {session && (
        <Tabs.Panel value="values" className={classes.sideBody!}>
          <ValuesPanel session={session} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="services" className={classes.sideBody!}>
        <ServicesPanel {...side} />
      </Tabs.Panel>
      <Tabs.Panel value="given" className={classes.sideBody!}>
        <GivenForm {...side} />
      </Tabs.Panel>
    </Tabs>
  );
}
