import { readCallingRules, type CallingRule } from "../../../flows/strategy/calling-rule.ts";
import au from "./rules/au.json" with { type: "json" };
import ca from "./rules/ca.json" with { type: "json" };
import everywhere from "./rules/everywhere.json" with { type: "json" };
import fr from "./rules/fr.json" with { type: "json" };
import ru from "./rules/ru.json" with { type: "json" };
import uk from "./rules/uk.json" with { type: "json" };
import us from "./rules/us.json" with { type: "json" };

/** The built-in rules, one file per jurisdiction. Engineering input, not legal advice: each names its source. */
export const builtinRules: readonly CallingRule[] = readCallingRules([...everywhere, ...ru, ...us, ...uk, ...fr, ...au, ...ca]);
