import "./no-eval.ts";
import "@fontsource-variable/golos-text";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@mantine/dropzone/styles.css";
import "./ui/base.css";
import { Loader, MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { lazy, StrictMode, Suspense, useEffect, useMemo, type ComponentType, type LazyExoticComponent } from "react";
import { createRoot } from "react-dom/client";
import { translate, useWords } from "./i18n/index.ts";
import { AppShell } from "./ui/AppShell.tsx";
import { ErrorBoundary } from "./ui/ErrorBoundary.tsx";
import { useRoute } from "./ui/router.ts";
import { Empty } from "./ui/Screen.tsx";
import { SignIn } from "./ui/SignIn.tsx";
import { cssVariables, themeIn } from "./ui/theme.ts";

type ScreenComponent = ComponentType<{ id: string | null }>;
const screens: Record<string, LazyExoticComponent<ScreenComponent>> = {
  library: lazy(() => import("./library/LibraryScreen.tsx")),
  flows: lazy(() => import("./flow/FlowsScreen.tsx")),
  calls: lazy(() => import("./calls/CallsScreen.tsx")),
  desk: lazy(() => import("./desk/DeskScreen.tsx")),
  campaigns: lazy(() => import("./campaigns/CampaignsScreen.tsx")),
  lists: lazy(() => import("./lists/ListsScreen.tsx")),
  settings: lazy(() => import("./settings/SettingsScreen.tsx")),
};

function CurrentScreen() {
  const { screen, id } = useRoute();
  const { t } = useWords();
  const Current = screens[screen];
  useEffect(() => void (document.title = `${screens[screen] ? t(`nav.${screen}`) : "404"} · ${t("app.name")}`), [screen, t]);
  if (!Current) return <Empty title={t("error.noScreen")} />;
  return (
    <ErrorBoundary key={`${screen}/${id}`}>
      <Suspense fallback={<Loader size="sm" m="xl" />}>
        <Current id={id} />
      </Suspense>
    </ErrorBoundary>
  );
}

function App() {
  const { t } = useWords();
  const worded = useMemo(() => themeIn(t), [t]);
  return (
    <MantineProvider theme={worded} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="top-center" limit={4} />
      <ModalsProvider labels={{ confirm: t("common.yes"), cancel: t("common.cancel") }}>
        <SignIn>
          <AppShell>
            <CurrentScreen />
          </AppShell>
        </SignIn>
      </ModalsProvider>
    </MantineProvider>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error(translate("error.title"));
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
