/** Bounds of one SIP message; anything larger is refused before it is parsed. */
export const limits = {
  messageBytes: 65_536,
  headers: 100,
  listItems: 100,
  params: 60,
  vias: 70,
} as const;
