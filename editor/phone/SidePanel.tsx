import { Select, Stack, Switch, Table, Tabs, Text, TextInput } from "@mantine/core";
import type { Flow } from "../../flows/schema/flow.ts";
import { show } from "../../flows/expressions/evaluate.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { Given } from "../../flows/simulate/conversation.ts";
import { useWords } from "../i18n/index.ts";
import { readValue } from "../inspector/VariablesEditor.tsx";
import { listsOf, servicesOf, type CallGiven } from "./call-given.ts";
import classes from "./phone.module.css";
import type { PhoneSession } from "./phone-session.ts";

type Props = { flow: Flow; session: PhoneSession | null; given: CallGiven; setGiven(given: CallGiven): void };

/** Beside the call: what it has captured, how the services behave, under what conditions it began. */
export function SidePanel({ flow, session, given, setGiven }: Props) {
  const { t } = useWords();
  return (
    <Tabs key={session ? "call" : "idle"} className={classes.side!} defaultValue={session ? "values" : "given"}>
      <Tabs.List>
        {session && <Tabs.Tab value="values">{t("phone.values")}</Tabs.Tab>}
        <Tabs.Tab value="services">{t("phone.services")}</Tabs.Tab>
        <Tabs.Tab value="given">{t("phone.given")}</Tabs.Tab>
      </Tabs.List>
      {session && (
        <Tabs.Panel value="values" className={classes.sideBody!}>
          <Values session={session} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="services" className={classes.sideBody!}>
        <Services flow={flow} session={session} given={given} setGiven={setGiven} />
      </Tabs.Panel>
      <Tabs.Panel value="given" className={classes.sideBody!}>
        <GivenForm flow={flow} session={session} given={given} setGiven={setGiven} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Values({ session }: { session: PhoneSession }) {
  const { t } = useWords();
  const { context } = session.player;
  const rows = (values: Record<string, Value>) => Object.entries(values).filter(([, value]) => value !== null);
  const groups = [
    ["result", rows(context.result)],
    ["vars", rows(context.vars)],
    ["inputs", rows(context.inputs)],
  ] as const;
  if (groups.every(([, entries]) => entries.length === 0))
    return (
      <Text fz="xs" c="dimmed">
        {t("phone.noValues")}
      </Text>
    );
  return groups
    .filter(([, entries]) => entries.length > 0)
    .map(([name, entries]) => (
      <div key={name}>
        <Text fz="xs" fw={600} c="dimmed">
          {t(`phone.${name}`)}
        </Text>
        <Table withRowBorders={false} verticalSpacing={1} horizontalSpacing={4} fz="xs" mb={6}>
          <Table.Tbody>
            {entries.map(([key, value]) => (
              <Table.Tr key={key}>
                <Table.Td ff="monospace">{key}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{show(value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    ));
}

type Answer = Given["services"][string];
const behaviours: Record<string, Record<string, Answer | null>> = {
  http: {
    up: null,
    slow: { status: 200, body: {}, delay: 8 },
    clientError: { status: 404, body: {} },
    down: { status: 503, body: {} },
    timeout: { fault: "timeout" },
  },
  bridge: {
    up: null,
    busy: { exit: "busy", delay: 2 },
    noAnswer: { exit: "noAnswer", delay: 25 },
    rejected: { exit: "rejected", delay: 2 },
    down: { fault: "network" },
  },
  refer: { up: null, rejected: { exit: "rejected", delay: 1 }, down: { fault: "network" } },
  dial: {
    up: null,
    busy: { exit: "busy", delay: 3 },
    noAnswer: { exit: "noAnswer", delay: 25 },
    rejected: { exit: "rejected", delay: 3 },
    failed: { exit: "failed", delay: 2 },
    denied: { exit: "denied", delay: 0 },
  },
};

function Services({ flow, session, given, setGiven }: Props) {
  const { t } = useWords();
  const services = servicesOf(flow);
  const lists = listsOf(flow);
  if (services.length === 0 && lists.length === 0)
    return (
      <Text fz="xs" c="dimmed">
        {t("phone.noServices")}
      </Text>
    );
  const stateOf = (name: string, kind: string) =>
    Object.entries(behaviours[kind]!).find(([, answer]) => JSON.stringify(answer) === JSON.stringify(given.services[name] ?? null))?.[0] ?? "custom";
  const put = (name: string, kind: string, state: string | null) => {
    const answer = behaviours[kind]![state ?? "up"] ?? null;
    const { [name]: _old, ...others } = given.services;
    setGiven({ ...given, services: answer ? { ...others, [name]: answer } : others });
    session?.service(name, answer);
  };
  return (
    <Stack gap={6}>
      {services.map(({ name, kind }) => (
        <Select
          key={name}
          label={kind === "http" ? name : t(`phone.service.${kind}`)}
          allowDeselect={false}
          value={stateOf(name, kind)}
          data={[
            ...Object.keys(behaviours[kind]!).map((state) => ({ value: state, label: t(`phone.is.${state}`) })),
            ...(stateOf(name, kind) === "custom" ? [{ value: "custom", label: t("phone.is.custom") }] : []),
          ]}
          onChange={(state) => put(name, kind, state)}
        />
      ))}
      {lists.map((name) => (
        <Switch
          key={name}
          label={t("phone.onList", { list: name })}
          checked={given.listed.includes(name)}
          onChange={(event) =>
            setGiven({ ...given, listed: event.currentTarget.checked ? [...given.listed, name] : given.listed.filter((item) => item !== name) })
          }
        />
      ))}
      {session && lists.length > 0 && (
        <Text fz="xs" c="dimmed">
          {t("phone.listsNext")}
        </Text>
      )}
    </Stack>
  );
}

function GivenForm({ flow, session, given, setGiven }: Props) {
  const { t, say } = useWords();
  const set = (change: Partial<CallGiven>) => setGiven({ ...given, ...change });
  return (
    <Stack gap={6}>
      <TextInput label={t("phone.caller")} value={given.caller} onChange={(event) => set({ caller: event.currentTarget.value })} />
      <TextInput
        label={t("phone.now")}
        type="datetime-local"
        value={given.now}
        description={given.now ? undefined : t("phone.nowHelp")}
        onChange={(event) => set({ now: event.currentTarget.value })}
      />
      {flow.languages.length > 1 && (
        <Select
          label={t("phone.language")}
          data={[{ value: "", label: t("phone.firstLanguage") }, ...flow.languages.map((each) => ({ value: each as string, label: t(`language.${each}`) }))]}
          value={given.language}
          allowDeselect={false}
          onChange={(value) => set({ language: (value ?? "") as CallGiven["language"] })}
        />
      )}
      {Object.entries(flow.inputs).map(([name, variable]) => (
        <TextInput
          key={name}
          label={say(variable.title, name)}
          value={given.inputs[name] === undefined ? "" : show(given.inputs[name]!)}
          placeholder={variable.default === undefined ? "" : show(variable.default)}
          onChange={(event) =>
            set({ inputs: withInput(given.inputs, name, event.currentTarget.value === "" ? undefined : readValue(variable.type, event.currentTarget.value)) })
          }
        />
      ))}
      {flow.kind === "strategy" &&
        ["phone", "name"].map((name) => (
          <TextInput
            key={name}
            label={t(`phone.contact.${name}`)}
            value={String(given.contact[name] ?? "")}
            onChange={(event) => set({ contact: { ...given.contact, [name]: event.currentTarget.value } })}
          />
        ))}
      {session && (
        <Text fz="xs" c="dimmed">
          {t("phone.givenNext")}
        </Text>
      )}
    </Stack>
  );
}

function withInput(inputs: Record<string, Value>, name: string, value: Value | undefined): Record<string, Value> {
  const { [name]: _old, ...others } = inputs;
  return value === undefined ? others : { ...others, [name]: value };
}
