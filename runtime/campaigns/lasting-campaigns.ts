import type { KeptWrites } from "../calls/kept-writes.ts";
import type { CampaignStore } from "../ports/store.ts";

/**
 * The campaign store for a running campaign: results of attempts and contacts are retried until they are
 * stored, whatever the disk does meanwhile. The contact and its line stay occupied until then.
 */
export function lastingCampaigns(store: CampaignStore, kept: KeptWrites): CampaignStore {
  const lasting: Pick<CampaignStore, "saveContact" | "settleAttempt" | "updateAttempt"> = {
    saveContact: (contact) => kept.stored(`contact ${contact.id}`, () => store.saveContact(contact)),
    settleAttempt: (id, change, contact) => kept.stored(`contact ${contact.id}`, () => store.settleAttempt(id, change, contact)),
    updateAttempt: (id, change) => kept.stored(`attempt ${id}`, () => store.updateAttempt(id, change)),
  };
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(name in lasting ? lasting : target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
