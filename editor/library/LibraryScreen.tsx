import { Badge, Chip, Group, SegmentedControl, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { flowKinds } from "../../flows/schema/flow.ts";
import { folded } from "../../flows/language/folded.ts";
import { api, type Template } from "../api/index.ts";
import { useWords, type Translate } from "../i18n/index.ts";
import { IconBooks, IconDialpad, IconMessageDots, IconPhoneOutgoing, IconSearch } from "../ui/icons.ts";
import { Empty, Loading, Screen } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { BeginButtons } from "./BeginButtons.tsx";
import classes from "./library.module.css";
import { TemplateDrawer } from "./TemplateDrawer.tsx";

const kindIcons = { ivr: IconDialpad, script: IconMessageDots, strategy: IconPhoneOutgoing };

export default function LibraryScreen() {
  const { t, say } = useWords();
  const templates = useLoad(() => api.templates(), []);
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState("all");
  const [tag, setTag] = useState<string | null>(null);
  const [open, setOpen] = useState<Template | null>(null);
  const matches = (template: Template) =>
    (kind === "all" || template.kind === kind) &&
    (!tag || template.tags.includes(tag)) &&
    folded(`${template.title.ru} ${template.title.en} ${template.description?.ru ?? ""} ${template.description?.en ?? ""} ${template.tags.join(" ")}`).includes(
      folded(search.trim()),
    );
  return (
    <Screen title={t("nav.library")} hint={t("library.hint")} actions={<BeginButtons />}>
      <Group mb="md" gap="sm">
        <TextInput
          w={260}
          leftSection={<IconSearch size={14} />}
          placeholder={t("library.search")}
          aria-label={t("library.search")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <SegmentedControl
          data={[{ value: "all", label: t("common.all") }, ...flowKinds.map((each) => ({ value: each, label: t(`kinds.${each}`) }))]}
          value={kind}
          onChange={setKind}
        />
      </Group>
      <Loading of={templates} empty={(all) => all.length === 0 && <Empty icon={<IconBooks size={32} />} title={t("library.empty")} />}>
        {(all) => {
          const tags = [...new Set(all.filter((template) => kind === "all" || template.kind === kind).flatMap((template) => template.tags))].sort();
          const shown = all.filter(matches);
          return (
            <>
              <Group gap={6} mb="md">
                {tags.map((each) => (
                  <Chip key={each} size="xs" checked={tag === each} onChange={() => setTag(tag === each ? null : each)}>
                    {tagTitle(each, t)}
                  </Chip>
                ))}
              </Group>
              {shown.length === 0 && <Empty title={t("common.nothingFound")} />}
              <div className={classes.grid}>
                {shown.map((template) => {
                  const Icon = kindIcons[template.kind];
                  return (
                    <UnstyledButton key={template.slug} className={classes.card} data-kind={template.kind} onClick={() => setOpen(template)}>
                      <div className={classes.kind}>
                        <Icon size={15} />
                        {t(`kind.${template.kind}`)}
                      </div>
                      <h3 className={classes.title}>{say(template.title, template.slug)}</h3>
                      <Text fz="sm" c="dimmed" lineClamp={3}>
                        {say(template.description)}
                      </Text>
                      <div className={classes.foot}>
                        <span>
                          {t("library.nodes", { count: template.nodes })} · {t("library.tests", { count: template.conversations })}
                        </span>
                        <Group gap={4}>
                          {template.languages.map((each) => (
                            <Badge key={each} variant="default" size="xs">
                              {each}
                            </Badge>
                          ))}
                        </Group>
                      </div>
                    </UnstyledButton>
                  );
                })}
              </div>
            </>
          );
        }}
      </Loading>
      {open && <TemplateDrawer template={open} onClose={() => setOpen(null)} />}
    </Screen>
  );
}

/** Tags are short codes in templates; the screen has words for the usual ones. */
function tagTitle(tag: string, t: Translate): string {
  const known = t(`tag.${tag}`);
  return known === `tag.${tag}` ? tag : known;
}
