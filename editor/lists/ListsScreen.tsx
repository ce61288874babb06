import { Badge, Button, Group, Modal, NavLink, Select, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import { api, type ListKind, type ListRow } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { idOf } from "../library/blank-flow.ts";
import { IconAddressBook, IconPlus, IconUser } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { navigate, pathOf } from "../ui/router.ts";
import { Empty, Loading, Screen } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { Entries } from "./Entries.tsx";
import { PeopleBook } from "./PeopleBook.tsx";
import classes from "./lists.module.css";

/** The contact book among the lists; a list's name never begins so. */
const book = "~contacts";

export const kinds: readonly ListKind[] = ["black", "white", "vip", "do-not-call", "other"];

export default function ListsScreen({ id }: { id: string | null }) {
  const { t, say } = useWords();
  const lists = useLoad(() => api.lists(), []);
  const [creating, setCreating] = useState(false);
  const chosen = lists.data?.find((list) => list.name === id) ?? lists.data?.[0];
  const remove = (list: ListRow) =>
    modals.openConfirmModal({
      title: t("lists.removeTitle", { title: say(list.title, list.name) }),
      children: t("lists.removeText", { count: list.entries }),
      labels: { confirm: t("common.delete"), cancel: t("common.cancel") },
      confirmProps: { color: "red" },
      onConfirm: () =>
        void attempt(() => api.removeList(list.name)).then(() => {
          navigate("/lists");
          lists.reload();
        }),
    });
  return (
    <Screen
      title={t("nav.lists")}
      hint={t("lists.hint")}
      actions={
        <Button leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
          {t("lists.new")}
        </Button>
      }
    >
      <Loading of={lists}>
        {(all) => (
          <div className={classes.columns}>
            <nav className={classes.nav} aria-label={t("nav.lists")}>
              <NavLink active={id === book} label={t("people.title")} leftSection={<IconUser size={16} />} onClick={() => navigate(pathOf("lists", book))} />
              {kinds
                .filter((kind) => all.some((list) => list.kind === kind))
                .map((kind) => (
                  <section key={kind}>
                    <Text fz="xs" fw={600} c="dimmed" px={10} pt={8}>
                      {t(`listKind.${kind}`)}
                    </Text>
                    {all
                      .filter((list) => list.kind === kind)
                      .map((list) => (
                        <NavLink
                          key={list.name}
                          active={id !== book && chosen?.name === list.name}
                          label={say(list.title, list.name)}
                          rightSection={
                            <Badge variant="default" size="sm">
                              {list.entries}
                            </Badge>
                          }
                          onClick={() => navigate(pathOf("lists", list.name))}
                        />
                      ))}
                  </section>
                ))}
            </nav>
            {id === book && <PeopleBook />}
            {id !== book && all.length === 0 && (
              <Empty icon={<IconAddressBook size={32} />} title={t("lists.empty")}>
                {t("lists.emptyHelp")}
              </Empty>
            )}
            {id !== book && chosen && <Entries key={chosen.name} list={chosen} onChange={lists.reload} onRemove={() => remove(chosen)} />}
          </div>
        )}
      </Loading>
      {creating && (
        <NewList
          taken={(lists.data ?? []).map((list) => list.name)}
          onClose={() => setCreating(false)}
          onDone={(name) => {
            setCreating(false);
            lists.reload();
            navigate(pathOf("lists", name));
          }}
        />
      )}
    </Screen>
  );
}

function NewList({ taken, onClose, onDone }: { taken: readonly string[]; onClose(): void; onDone(name: string): void }) {
  const { t, language } = useWords();
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<ListKind>("black");
  const create = () => {
    const name = idOf(title, taken);
    void attempt(async () => {
      await api.putList(name, { title: { [language]: title.trim() }, kind });
      onDone(name);
    });
  };
  return (
    <Modal opened onClose={onClose} title={t("lists.new")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Stack>
          <TextInput data-autofocus required label={t("lists.title")} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
          <Select
            label={t("lists.kind")}
            description={t(`listHelp.${kind}`)}
            allowDeselect={false}
            data={kinds.map((value) => ({ value, label: t(`listKind.${value}`) }))}
            value={kind}
            onChange={(value) => setKind((value ?? "other") as ListKind)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={title.trim() === ""}>
              {t("common.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
