import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { Flow } from "../../flows/schema/flow.ts";
import { useWords } from "../i18n/index.ts";
import { placeTitle } from "./place-title.ts";
import classes from "./tests.module.css";

const shownFirst = 24;

/** Places of the flow by name; each leads to its node. */
export function Places({
  title,
  places,
  flow,
  onPick,
  first = shownFirst,
}: {
  title: string;
  places: readonly string[];
  flow: Flow;
  onPick(node: string): void;
  first?: number;
}) {
  const { t, language } = useWords();
  const [all, setAll] = useState(false);
  if (places.length === 0) return null;
  const hidden = all ? 0 : Math.max(0, places.length - first);
  return (
    <div className={classes.places}>
      <span className={classes.placesTitle}>{title}</span>
      {places.slice(0, places.length - hidden).map((place) => (
        <UnstyledButton key={place} className={classes.place} data-place={place} title={place} onClick={() => onPick(place.split(":")[0]!)}>
          {placeTitle(flow, place, language, t)}
        </UnstyledButton>
      ))}
      {hidden > 0 && (
        <UnstyledButton className={classes.more} onClick={() => setAll(true)}>
          {t("tests.more", { count: hidden })}
        </UnstyledButton>
      )}
    </div>
  );
}
