import { Button, Group, Text } from "@mantine/core";
import { useWords } from "../i18n/index.ts";
import classes from "./tests.module.css";
import type { Search } from "./use-search.ts";

/** A search that broke off, with its reason and another try. */
export function SearchFailed({ search }: { search: Search }) {
  const { t } = useWords();
  const { question } = search;
  return (
    <Group className={classes.searchHead!} gap="sm" role="alert">
      <Text fz="sm" c="var(--bad)">
        {t("tests.searchFailed", { reason: search.error })}
      </Text>
      {question && (
        <Button variant="default" onClick={() => search.start(question)}>
          {t("common.retry")}
        </Button>
      )}
      <Button variant="subtle" color="gray" onClick={search.close}>
        {t("common.close")}
      </Button>
    </Group>
  );
}
