import { adBeforeMenu } from "./callers/ad-before-menu.ts";
import { asksKnown } from "./callers/asks-known.ts";
import { firstChoiceLate } from "./callers/first-choice-late.ts";
import { longPrompt } from "./callers/long-prompt.ts";
import { menuDepth } from "./callers/menu-depth.ts";
import { menuOptions } from "./callers/menu-options.ts";
import { noRepeat } from "./callers/no-repeat.ts";
import { noSpeechAlternative } from "./callers/no-speech-alternative.ts";
import { noWayToPerson } from "./callers/no-way-to-person.ts";
import { silenceLoops } from "./callers/silence-loops.ts";
import { stepLength } from "./callers/step-length.ts";
import { advertisingByAutodialler } from "./law/advertising-by-autodialler.ts";
import { attemptLimits } from "./law/attempt-limits.ts";
import { callingHours } from "./law/calling-hours.ts";
import { labelTooLong } from "./law/label-too-long.ts";
import { machineMessagePrivate } from "./law/machine-message-private.ts";
import { noOptOut } from "./law/no-opt-out.ts";
import { passportMissing } from "./law/passport-missing.ts";
import { slowConnect } from "./law/slow-connect.ts";
import type { Rule } from "./rule.ts";
import { httpNoErrorPath } from "./safety/http-no-error-path.ts";
import { losesDataOnHangup } from "./safety/loses-data-on-hangup.ts";
import { noTimeoutExit } from "./safety/no-timeout-exit.ts";
import { notAvailable } from "./safety/not-available.ts";
import { plainHttp } from "./safety/plain-http.ts";
import { recordWithoutNotice } from "./safety/record-without-notice.ts";
import { secretLogged } from "./safety/secret-logged.ts";
import { secretSpoken } from "./safety/secret-spoken.ts";
import { worstCaseDuration } from "./safety/worst-case-duration.ts";
import { branchWritesSameVariable } from "./structure/branch-writes-same-variable.ts";
import { constantCondition } from "./structure/constant-condition.ts";
import { danglingExit } from "./structure/dangling-exit.ts";
import { disabledStart } from "./structure/disabled-start.ts";
import { duplicateKey } from "./structure/duplicate-key.ts";
import { gotoNowhere } from "./structure/goto-nowhere.ts";
import { inputDefault } from "./structure/input-default.ts";
import { inputExits } from "./structure/input-exits.ts";
import { loopTooLong } from "./structure/loop-too-long.ts";
import { loopWithoutExit } from "./structure/loop-without-exit.ts";
import { malformedConfig } from "./structure/malformed-config.ts";
import { mediaAfterHangup } from "./structure/media-after-hangup.ts";
import { missingStart } from "./structure/missing-start.ts";
import { noPathToEnd } from "./structure/no-path-to-end.ts";
import { onHangupReasons } from "./structure/on-hangup-reasons.ts";
import { partWithoutFinish } from "./structure/part-without-finish.ts";
import { playsItself } from "./structure/plays-itself.ts";
import { rootNodeInPart } from "./structure/root-node-in-part.ts";
import { setType } from "./structure/set-type.ts";
import { shadowedCase } from "./structure/shadowed-case.ts";
import { silentCycle } from "./structure/silent-cycle.ts";
import { subflowInputs } from "./structure/subflow-inputs.ts";
import { subflowOutcomes } from "./structure/subflow-outcomes.ts";
import { tunableBounds } from "./structure/tunable-bounds.ts";
import { twoTalkingBranches } from "./structure/two-talking-branches.ts";
import { unknownExit } from "./structure/unknown-exit.ts";
import { unknownNode } from "./structure/unknown-node.ts";
import { unknownPart } from "./structure/unknown-part.ts";
import { unreachableNode } from "./structure/unreachable-node.ts";
import { unusedVariable } from "./structure/unused-variable.ts";
import { variableBeforeSet } from "./structure/variable-before-set.ts";
import { contactNumber } from "./texts/contact-number.ts";
import { missingPrompt } from "./texts/missing-prompt.ts";
import { noVoice } from "./texts/no-voice.ts";
import { notAChoice } from "./texts/not-a-choice.ts";
import { outcomeNotDeclared } from "./texts/outcome-not-declared.ts";
import { syntaxError } from "./texts/syntax-error.ts";
import { typeError } from "./texts/type-error.ts";
import { unclosedBraces } from "./texts/unclosed-braces.ts";
import { unknownVariable } from "./texts/unknown-variable.ts";
import { unusedOutcome } from "./texts/unused-outcome.ts";
import { unusedPrompt } from "./texts/unused-prompt.ts";
import { unknownSymbol } from "./unknown-symbol.ts";

/** All rules by topic, in the order in which their issues are shown. */
export const rulesByGroup = {
  structure: [
    missingStart,
    unknownNode,
    malformedConfig,
    danglingExit,
    unknownExit,
    inputExits,
    unknownPart,
    playsItself,
    partWithoutFinish,
    subflowInputs,
    subflowOutcomes,
    twoTalkingBranches,
    branchWritesSameVariable,
    gotoNowhere,
    rootNodeInPart,
    onHangupReasons,
    mediaAfterHangup,
    noPathToEnd,
    silentCycle,
    loopWithoutExit,
    loopTooLong,
    duplicateKey,
    shadowedCase,
    constantCondition,
    setType,
    inputDefault,
    tunableBounds,
    disabledStart,
    unreachableNode,
    unknownSymbol,
  ],
  texts: [
    syntaxError,
    unknownVariable,
    typeError,
    contactNumber,
    notAChoice,
    variableBeforeSet,
    unclosedBraces,
    missingPrompt,
    outcomeNotDeclared,
    noVoice,
    unusedVariable,
    unusedPrompt,
    unusedOutcome,
  ],
  callers: [
    adBeforeMenu,
    firstChoiceLate,
    menuDepth,
    menuOptions,
    noWayToPerson,
    asksKnown,
    silenceLoops,
    longPrompt,
    stepLength,
    noRepeat,
    noSpeechAlternative,
  ],
  safety: [secretLogged, secretSpoken, losesDataOnHangup, worstCaseDuration, httpNoErrorPath, noTimeoutExit, plainHttp, recordWithoutNotice, notAvailable],
  law: [passportMissing, labelTooLong, advertisingByAutodialler, attemptLimits, callingHours, noOptOut, machineMessagePrivate, slowConnect],
} as const satisfies Record<string, readonly Rule[]>;
export type RuleGroup = keyof typeof rulesByGroup;

export const rules: readonly Rule[] = Object.values(rulesByGroup).flat();
