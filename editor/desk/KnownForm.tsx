import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import type { Value } from "../../flows/schema/values.ts";
import type { DeskScript } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { InputField } from "../library/InputField.tsx";

type Props = { script: DeskScript; onBegin(inputs: Record<string, Value>): void; onClose(): void };

/** Data the caller gave before, with which a script continues from another flow. */
export function KnownForm({ script, onBegin, onClose }: Props) {
  const { t, say } = useWords();
  const [inputs, setInputs] = useState<Record<string, Value>>({});
  return (
    <Modal opened onClose={onClose} title={say(script.title, script.flow)} size={460}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onBegin(inputs);
        }}
      >
        <Stack gap="sm">
          {handedOver(script).map(([name, variable]) => (
            <InputField
              key={name}
              name={name}
              variable={variable}
              value={inputs[name]}
              onChange={(value) => setInputs((before) => ({ ...before, [name]: value }))}
            />
          ))}
          <Group justify="flex-end">
            <Button type="submit" size="sm">
              {t("desk.begin")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The inputs that another flow fills in. */
export const handedOver = ({ inputs }: DeskScript) => Object.entries(inputs).filter(([, variable]) => variable.handover === true);
