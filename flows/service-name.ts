import type { Command } from "./commands.ts";

type Naming = { [D in Command["do"]]?: (command: Extract<Command, { do: D }>) => string };

/** Commands with their own service names; for the others it is the command name. */
const namings: Naming = {
  http: (command) => command.service,
  list: (command) => `list:${command.list}`,
  table: (command) => `table:${command.table}`,
  crm: (command) => `crm:${command.connector}:${command.method}`,
  notify: (command) => `notify:${command.channel}`,
  count: (command) => `count:${command.counter}`,
  toggle: (command) => `switch:${command.name}`,
  callerInfo: () => "caller-info",
  queue: (command) => `queue:${command.queue}`,
  queueStatus: (command) => `queue-status:${command.queue}`,
  connect: (command) => `connect:${command.queue}`,
};

/** The service name of a command in conversations: the same in a call, a test and a replay. */
export function serviceName(command: Command): string {
  const naming = namings[command.do] as ((command: Command) => string) | undefined;
  return naming?.(command) ?? command.do;
}
