import { closed, firstVersion, narrative, opaqueId, word } from '#libs/event-fields';
import { Type, type Static } from 'typebox';

const marked = closed({
  /** What they nearly got. */
  requisitionId: Type.Optional(opaqueId()),
  role: Type.Optional(word()),
  note: Type.Optional(narrative(2_000)),
});
/** Somebody says that they're worth coming back to, whatever their applications say. */
export const candidateSilverMedallistMarked = firstVersion('candidate.silver-medallist-marked', marked);

const unmarked = closed({ note: Type.Optional(narrative(2_000)) });
/** Somebody says that they aren't, whatever their applications said up to then. */
export const candidateSilverMedallistUnmarked = firstVersion('candidate.silver-medallist-unmarked', unmarked);

export const medallistEventDefinitions = [candidateSilverMedallistMarked, candidateSilverMedallistUnmarked] as const;

export type MedallistMark = Static<typeof marked>;
