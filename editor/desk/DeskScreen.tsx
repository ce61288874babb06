import { BeginDesk } from "./BeginDesk.tsx";
import { RunScreen } from "./RunScreen.tsx";

export default function DeskScreen({ id }: { id: string | null }) {
  return id ? <RunScreen key={id} id={id} /> : <BeginDesk />;
}
