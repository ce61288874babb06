import { Select, Stack, Text } from "@mantine/core";
import type { Value } from "../../flows/schema/values.ts";
import { useWords, type Translate } from "../i18n/index.ts";
import type { AskedService } from "./asked-world.ts";
import { givenProblem } from "./given-problem.ts";
import { JsonField } from "./JsonField.tsx";
import { behavioursOf, blankAnswer, stateOf, type Answer } from "./service-behaviours.ts";
import type { SideProps } from "./SidePanel.tsx";

/** Behaviour of each service of the flow; it can be changed during the call. */
export function ServicesPanel({ asked, session, given, setGiven }: SideProps) {
  const { t } = useWords();
  if (asked.services.length === 0)
    return (
      <Text fz="xs" c="dimmed">
        {t("phone.noServices")}
      </Text>
    );
  const put = (name: string, answer: Answer | null) => {
    const { [name]: _old, ...others } = given.services;
    setGiven({ ...given, services: answer ? { ...others, [name]: answer } : others });
    session?.service(name, answer);
  };
  return (
    <Stack gap={6}>
      {asked.services.map((service) => (
        <Service key={service.name} service={service} answer={given.services[service.name]} onChange={(answer) => put(service.name, answer)} />
      ))}
    </Stack>
  );
}

function Service({ service, answer, onChange }: { service: AskedService; answer: Answer | undefined; onChange(answer: Answer | null): void }) {
  const { t } = useWords();
  const behaviours = behavioursOf(service);
  const state = stateOf(behaviours, answer);
  return (
    <div>
      <Select
        label={serviceLabel(service, t)}
        allowDeselect={false}
        value={state}
        data={[...Object.keys(behaviours), "custom"].map((each) => ({
          value: each,
          label: each.startsWith("exit:") ? exitWord(each.slice(5), t) : t(`phone.is.${each}`),
        }))}
        onChange={(next) => next !== state && onChange(next === "custom" ? blankAnswer(service) : (behaviours[next ?? "up"] ?? null))}
      />
      {state === "custom" && (
        <JsonField
          label={t("phone.ownAnswer")}
          value={(answer ?? null) as Value}
          problem={(value) => givenProblem("services", service.name, value)}
          onChange={(value) => onChange(value as Answer)}
        />
      )}
    </div>
  );
}

/** A word of ours for what the network or the house does; its own name for what the author named. */
function serviceLabel({ name, do: word }: AskedService, t: Translate): string {
  const [, ...rest] = name.split(":");
  return word === "http" ? name : t(`phone.service.${word}`, { name: rest.join(" · ") });
}

function exitWord(exit: string, t: Translate): string {
  const known = t(`exit.${exit}`);
  return known === `exit.${exit}` ? exit : known;
}
