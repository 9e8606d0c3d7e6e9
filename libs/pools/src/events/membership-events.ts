import { closed, code, firstVersion, narrative, uuid, word } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type } from 'typebox';
import { poolLimits } from './pool-events.js';

const whose = { poolId: uuid(), candidateId: uuid() };
/** `reason` is a code from the business's list; what somebody wrote about it is sealed. */
const why = { reason: Type.Optional(code()), note: Type.Optional(narrative(2_000)) };

/** `stage`: where they begin, in a pool that has stages. */
export const membershipBegan = firstVersion(
  'membership.began',
  closed({ ...whose, stage: Type.Optional(word(poolLimits.stage)), ...why }),
);
export const membershipMoved = firstVersion(
  'membership.moved',
  closed({ ...whose, stage: word(poolLimits.stage), ...why }),
);
export const membershipEnded = firstVersion('membership.ended', closed({ ...whose, ...why }));

export const membershipEventDefinitions = [membershipBegan, membershipMoved, membershipEnded] as const;

/** One person in one static pool, for as often as they come and go: the events of a `membership-<uuid>` stream. */
export type MembershipEvent = EventOf<(typeof membershipEventDefinitions)[number]>;
