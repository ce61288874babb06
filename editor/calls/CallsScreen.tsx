import { CallPage } from "./CallPage.tsx";
import { CallList } from "./CallList.tsx";

export default function CallsScreen({ id }: { id: string | null }) {
  return id ? <CallPage key={id} id={id} /> : <CallList />;
}
