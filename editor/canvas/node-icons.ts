import type { Icon } from "@tabler/icons-react";
import {
  IconArrowsSplit2, IconBug, IconCalendarTime, IconClockPause, IconDeviceFloppy, IconDialpad, IconFlag, IconFlagCheck, IconGitFork, IconHourglass, IconListCheck, IconMessageDots, IconMicrophone,
  IconMusic, IconNotes, IconNumber123, IconPhoneCall, IconPhoneOff, IconPhoneOutgoing, IconPhoneX, IconPlayerPlay, IconRoute, IconVariable, IconVolume, IconWorldWww,
} from "../ui/icons.ts";

const icons: Record<string, Icon> = {
  IconArrowsSplit2, IconCalendarTime, IconClockPause, IconDeviceFloppy, IconDialpad, IconFlag, IconFlagCheck, IconGitFork, IconHourglass, IconListCheck, IconMessageDots, IconMicrophone, IconMusic,
  IconNotes, IconNumber123, IconPhoneCall, IconPhoneOff, IconPhoneOutgoing, IconPhoneX, IconPlayerPlay, IconRoute, IconVariable, IconVolume, IconWorldWww,
};

/** The icon a node type names; a bug for one that is not bundled. */
export const nodeIcon = (name: string): Icon => icons[name] ?? IconBug;
