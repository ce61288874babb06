import { Button, Stack, Text } from "@mantine/core";
import { initialItem } from "../../document/new-node.ts";
import type { Edit } from "../../document/edits/edit.ts";
import { useWords } from "../../i18n/index.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { IconChevronDown, IconChevronUp, IconPlus, IconX } from "../../ui/icons.ts";
import type { FieldProps } from "../field-view.ts";
import classes from "../inspector.module.css";
import { Field } from "../NodeForm.tsx";
import { useNodeEdit } from "../use-node-edit.ts";

type Item = Record<string, unknown>;

/** Items of equal shape, in order: menu choices, answers, cases, assignments. */
export function ListField({ field, value, onChange, node, path }: FieldProps) {
  const { t, say } = useWords();
  const edit = useNodeEdit(node);
  const items = Array.isArray(value) ? (value as Item[]) : [];
  const shape = field.items ?? [];
  const move = (from: number, to: number) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  const add = () => {
    const also: Edit[] = [];
    const item = initialItem(shape, freshIndex(items), (name) => {
      const { key, edits } = edit.newPrompt(`${name}-${items.length + 1}`);
      also.push(...edits);
      return key;
    });
    edit.set(path, [...items, item], also);
  };
  return (
    <Stack gap={6}>
      <Text fz="xs" fw={600}>
        {say(field.title)}
      </Text>
      {items.map((item, index) => (
        <div key={index} className={classes.item} role="group" aria-label={`${say(field.title)} ${index + 1}`}>
          <div className={classes.itemTools}>
            <span className={classes.itemNumber}>{index + 1}</span>
            {index > 0 && (
              <IconButton size={22} label={t("common.up")} onClick={() => move(index, index - 1)}>
                <IconChevronUp size={13} />
              </IconButton>
            )}
            {index < items.length - 1 && (
              <IconButton size={22} label={t("common.down")} onClick={() => move(index, index + 1)}>
                <IconChevronDown size={13} />
              </IconButton>
            )}
            <IconButton size={22} label={t("common.remove")} onClick={() => onChange(items.filter((_item, at) => at !== index))}>
              <IconX size={13} />
            </IconButton>
          </div>
          <div className={classes.itemFields}>
            {shape.map((part) => (
              <div key={part.name} className={wide(part.kind) ? classes.wide : classes.narrow}>
                <Field
                  field={part}
                  compact
                  value={item[part.name] === undefined ? part.default : item[part.name]}
                  node={node}
                  path={[...path, index, part.name]}
                  onChange={(next) => edit.set([...path, index, part.name], next)}
                />
              </div>
            ))}
          </div>
        </div>
      ))}
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
        {t("common.add")}
      </Button>
    </Stack>
  );
}

const wide = (kind: string): boolean => kind === "prompt" || kind === "expression" || kind === "template" || kind === "flag";

/** An index whose default key, exit or name is still free. */
function freshIndex(items: readonly Item[]): number {
  const used = new Set(items.flatMap((item) => [item["key"], item["exit"], item["value"], item["name"]]));
  let index = items.length;
  while (used.has(String((index + 1) % 10)) || used.has(`case-${index + 1}`) || used.has(`answer-${index + 1}`) || used.has(`value${index + 1}`)) {
    index++;
    if (index > 60) return items.length;
  }
  return index;
}
