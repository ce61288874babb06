import { Badge, SegmentedControl, Stack, Table, Text, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { api, type Settings } from "../api/index.ts";
import { setLanguage, useWords, type ScreenLanguage } from "../i18n/index.ts";
import { Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import classes from "./settings.module.css";

/** Settings of this installation and the appearance of the screens. */
export function AboutPanel() {
  const { t, language } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const loaded = useLoad(async () => ({ settings: await api.settings(), health: await api.health() }), []);
  return (
    <Stack maw={720}>
      <div className={classes.panel}>
        <Stack gap="sm" align="flex-start">
          <SegmentedControl
            aria-label={t("app.language")}
            data={[
              { value: "ru", label: "Русский" },
              { value: "en", label: "English" },
            ]}
            value={language}
            onChange={(value) => setLanguage(value as ScreenLanguage)}
          />
          <SegmentedControl
            aria-label={t("about.theme")}
            data={(["auto", "light", "dark"] as const).map((value) => ({ value, label: t(`about.${value}`) }))}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
          />
        </Stack>
      </div>
      <Loading of={loaded}>
        {({ settings, health }) => (
          <div className={classes.panel}>
            <Table withRowBorders={false} variant="vertical">
              <Table.Tbody>
                <Row name={t("about.status")}>
                  <Badge tt="none" variant="light" color={health.status === "ok" ? "green" : "yellow"}>
                    {t(health.status === "ok" ? "about.ok" : "about.degraded")}
                  </Badge>
                  {health.store === "failing" && <Text fz="sm">{t("about.storeFailing", { reason: health.kept.reason })}</Text>}
                </Row>
                <Row name={t("about.sip")}>
                  <code>{settings.sip ? `sip:${health.demoNumber ?? "1000"}@${settings.sip.address}:${settings.sip.port}` : "—"}</code>
                </Row>
                <Row name={t("about.demoNumber")}>
                  <code>{health.demoNumber ?? "—"}</code>
                </Row>
                <Row name={t("about.calls")}>
                  {health.calls} / {settings.maxCalls}
                </Row>
                <Row name={t("about.voices")}>
                  {settings.voices.length > 0 ? settings.voices.map((voice) => t(`language.${voice}`)).join(", ") : t("about.noVoices")}
                </Row>
                <Row name={t("about.trunks")}>
                  {settings.trunks.length === 0 ? t("about.noTrunks") : settings.trunks.map((trunk) => <TrunkLine key={trunk.trunk} trunk={trunk} />)}
                </Row>
                <Row name={t("campaigns.zone")}>{settings.zone}</Row>
                <Row name={t("about.country")}>{settings.country}</Row>
                <Row name={t("about.bind")}>
                  <code>{settings.bind}</code>
                </Row>
                <Row name={t("about.allowHosts")}>
                  <AllowedHosts hosts={settings.allowHosts} />
                </Row>
                <Row name={t("about.version")}>{settings.version}</Row>
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Loading>
    </Stack>
  );
}

/** A trunk: its state, why, since when. */
function TrunkLine({ trunk }: { trunk: Settings["trunks"][number] }) {
  const { t, moment } = useWords();
  const bad = trunk.state === "failing" || trunk.state === "failed";
  const why = trunk.reason ?? (bad && trunk.sipStatus ? `SIP ${trunk.sipStatus}` : "");
  return (
    <Text fz="sm" data-trunk={trunk.trunk} data-state={trunk.state} {...(bad ? { c: "var(--bad)" } : {})}>
      <b>{trunk.trunk}</b>: {t(`trunk.${trunk.state}`)}
      {why && ` — ${why}`}
      {trunk.since ? `, ${t("trunk.since", { when: moment(trunk.since) })}` : ""}
    </Text>
  );
}

/** Private hosts that flows may call, each with its source. */
function AllowedHosts({ hosts }: { hosts: Settings["allowHosts"] }) {
  const { t } = useWords();
  const rows = [
    ...hosts.config.map((host) => ({ host, by: t("about.allowHosts.config") })),
    ...hosts.kept.filter((host) => !hosts.config.includes(host)).map((host) => ({ host, by: t("about.allowHosts.kept") })),
  ];
  if (rows.length === 0) return <>{t("about.allowHosts.none")}</>;
  return rows.map(({ host, by }) => (
    <Text key={host} fz="sm" data-host={host}>
      <code>{host}</code>{" "}
      <Text span c="dimmed" fz="sm">
        {by}
      </Text>
    </Text>
  ));
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <Table.Tr>
      <Table.Td w={200} c="dimmed">
        {name}
      </Table.Td>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}
