import { lazy, Suspense } from "react";
import { Loader } from "@mantine/core";
import { FlowList } from "./FlowList.tsx";

const FlowEditor = lazy(() => import("./FlowEditor.tsx"));

export default function FlowsScreen({ id }: { id: string | null }) {
  if (!id) return <FlowList />;
  return (
    <Suspense fallback={<Loader size="sm" m="xl" />}>
      <FlowEditor key={id} id={id} />
    </Suspense>
  );
}
