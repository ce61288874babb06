import { createTheme, mergeThemeOverrides, Tooltip, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const accent: MantineColorsTuple = ["#eef2ff", "#dfe6fc", "#bccaf4", "#97adec", "#7793e6", "#6382e2", "#5879e1", "#3f5fc4", "#3553b0", "#27479d"];

/** Colours by name, light and dark; components know only the names. AA checked on the surfaces they stand on. */
const tokens = {
  "surface-page": ["#f6f7f9", "#131519"],
  "surface-panel": ["#ffffff", "#1a1d23"],
  "surface-card": ["#ffffff", "#22262e"],
  "surface-sunk": ["#eff1f5", "#15171c"],
  "surface-hover": ["#f0f3fa", "#282d37"],
  "surface-chosen": ["#e6ecfb", "#27304a"],
  line: ["#dde1e8", "#333945"],
  "line-strong": ["#b9c0cc", "#4a5261"],
  ink: ["#1a1f2b", "#e8ebf1"],
  "ink-soft": ["#4b5567", "#aeb6c5"],
  "ink-faint": ["#636d80", "#8d97a8"],
  accent: ["#3f5fc4", "#8ba6f4"],
  ok: ["#14733b", "#5fcf8d"],
  warn: ["#8f5a00", "#f0b64a"],
  bad: ["#b3261e", "#ff8a80"],
  "ok-soft": ["#e4f4ea", "#16301f"],
  "warn-soft": ["#fdf1dc", "#362810"],
  "bad-soft": ["#fce8e6", "#3d1a18"],
  "group-talk": ["#1d6fc2", "#62b0f5"],
  "group-listen": ["#6741d9", "#a78bfa"],
  "group-logic": ["#55606f", "#a3afc0"],
  "group-time": ["#0b7285", "#4cc3d9"],
  "group-data": ["#0a6e64", "#45c4b0"],
  "group-people": ["#a61e8c", "#ee86d8"],
  "group-outbound": ["#3b4cc0", "#92a3ff"],
  "group-operator": ["#862e9c", "#d48bea"],
  "group-end": ["#6b4f3a", "#cfab8d"],
} as const;

/** Colours of the component library that mean something here: their light badges, alerts and buttons read well in both themes. */
const meanings = { green: "ok", red: "bad", yellow: "warn", orange: "warn" } as const;
const light = Object.fromEntries(
  Object.entries(meanings).flatMap(([colour, name]) => [
    [`--mantine-color-${colour}-light`, `var(--${name}-soft)`],
    [`--mantine-color-${colour}-light-hover`, `color-mix(in srgb, var(--${name}-soft) 85%, var(--${name}))`],
    [`--mantine-color-${colour}-light-color`, `var(--${name})`],
  ]),
);
const filled = { "--mantine-color-red-filled": "#b3261e", "--mantine-color-red-filled-hover": "#98201a" };

const side = (index: 0 | 1) => Object.fromEntries(Object.entries(tokens).map(([name, pair]) => [`--${name}`, pair[index]]));

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { "--shadow-float": "0 6px 24px rgb(10 15 30 / 0.18)", "--quick": "140ms", "--font-words": "20px" },
  light: {
    ...side(0),
    ...light,
    ...filled,
    "--mantine-color-body": tokens["surface-page"][0],
    "--mantine-color-dimmed": tokens["ink-faint"][0],
    "--mantine-color-placeholder": "#6f7889",
    "--mantine-color-error": tokens.bad[0],
  },
  dark: {
    ...side(1),
    ...light,
    ...filled,
    "--mantine-color-body": tokens["surface-page"][1],
    "--mantine-color-dimmed": tokens["ink-faint"][1],
    "--mantine-color-placeholder": "#8d97a8",
    "--mantine-color-error": tokens.bad[1],
  },
});

const family = '"Golos Text Variable", system-ui, sans-serif';

const floating = { content: { background: "var(--surface-panel)" }, header: { background: "var(--surface-panel)" }, title: { fontWeight: 600 } };

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 7 },
  colors: { accent },
  fontFamily: family,
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace',
  headings: { fontFamily: family, fontWeight: "600", sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "16px" }, h3: { fontSize: "14px" } } },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { sm: "4px", md: "6px" },
  defaultRadius: "md",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs" }, styles: { root: { flexShrink: 0 } } },
    Badge: { styles: { root: { flexShrink: 0 } } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 30 } },
    TextInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs", comboboxProps: { shadow: "md" } } },
    MultiSelect: { defaultProps: { size: "xs" } },
    TagsInput: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "sm" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } }, styles: floating },
    Drawer: { defaultProps: { transitionProps: { duration: 160 } }, styles: floating },
    Table: { defaultProps: { verticalSpacing: 5, horizontalSpacing: "md", highlightOnHover: true } },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, fz: "xs", withArrow: true } }),
  },
});

/** The theme with the names of its buttons that show only a sign, in the language of the screens. */
export function themeIn(t: (key: string) => string) {
  const close = { closeButtonProps: { "aria-label": t("common.closeWindow") } };
  const clear = { clearButtonProps: { "aria-label": t("common.clear") } };
  const pages = { next: "common.nextPage", previous: "common.previousPage", first: "common.firstPage", last: "common.lastPage" };
  return mergeThemeOverrides(
    theme,
    createTheme({
      components: {
        Modal: { defaultProps: close },
        Drawer: { defaultProps: close },
        Notification: { defaultProps: close },
        Select: { defaultProps: clear },
        MultiSelect: { defaultProps: clear },
        TagsInput: { defaultProps: clear },
        Pagination: {
          defaultProps: {
            getControlProps: (control: keyof typeof pages) => ({ "aria-label": t(pages[control]) }),
            getItemProps: (page: number) => ({ "aria-label": `${t("common.page")} ${page}` }),
          },
        },
      },
    }),
  );
}
