import { useFlow } from "../document/use-flow.ts";
import { PhonePanel } from "../phone/PhonePanel.tsx";
import type { Phone } from "./use-phone.ts";

export function PhoneTab({ phone, onPick }: { phone: Phone; onPick(node: string): void }) {
  const flow = useFlow((state) => state.whole);
  return (
    <PhonePanel
      flow={phone.session?.flow ?? flow}
      session={phone.session}
      given={phone.given}
      setGiven={phone.setGiven}
      onCall={phone.call}
      onSave={phone.save}
      onSpeed={phone.setSpeed}
      onPick={onPick}
    />
  );
}
