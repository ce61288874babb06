import { ActionIcon, Tooltip, type ActionIconProps } from "@mantine/core";
import type { ReactNode } from "react";

type Props = ActionIconProps & { label: string; keys?: string; onClick?: () => void; children: ReactNode; disabled?: boolean; pressed?: boolean };

/** An icon-only button: always named, its key in the tooltip. */
export function IconButton({ label, keys, children, pressed, ...rest }: Props) {
  return (
    <Tooltip
      label={
        <>
          {label}
          {keys && (
            <>
              {" "}
              <kbd>{keys}</kbd>
            </>
          )}
        </>
      }
    >
      <ActionIcon aria-label={label} {...(pressed === undefined ? {} : { "aria-pressed": pressed, variant: pressed ? "light" : "subtle" })} {...rest}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
