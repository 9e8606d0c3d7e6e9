import { closed, code, firstVersion, oneOf, opaqueId, orNull, word } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type, type Static } from 'typebox';

/** Who's in is said by hand, or follows from criteria. */
export const poolKinds = ['static', 'segment'] as const;
export type PoolKind = (typeof poolKinds)[number];

export const poolLimits = { name: 200, purpose: 500, stages: 50, stage: 60, targetSize: 10_000_000 } as const;

const targetSize = Type.Integer({ minimum: 1, maximum: poolLimits.targetSize });
/** In order. */
const stages = Type.Array(word(poolLimits.stage), { maxItems: poolLimits.stages, uniqueItems: true });
/** As libs/criteria parses them; checked there before they get here. */
const criteria = Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object' });

const opened = closed({
  name: word(poolLimits.name),
  kind: oneOf(poolKinds),
  purpose: Type.Optional(word(poolLimits.purpose)),
  owner: Type.Optional(opaqueId()),
  targetSize: Type.Optional(targetSize),
  stages,
  criteria: Type.Optional(criteria),
  watched: Type.Boolean(),
});
/** `purpose` is about the pool: nothing in it may be about one person, since it's stored in the clear. */
export const poolOpened = firstVersion('pool.opened', opened);

const changed = closed({
  name: Type.Optional(word(poolLimits.name)),
  purpose: Type.Optional(orNull(word(poolLimits.purpose))),
  owner: Type.Optional(orNull(opaqueId())),
  targetSize: Type.Optional(orNull(targetSize)),
  stages: Type.Optional(stages),
  criteria: Type.Optional(criteria),
  watched: Type.Optional(Type.Boolean()),
});
/** Only what changed, each with its whole new value; null clears. */
export const poolChanged = firstVersion('pool.changed', changed);

/** Nobody is added any more. Whoever was in stays on record. */
export const poolClosed = firstVersion('pool.closed', closed({ reason: Type.Optional(code()) }));

export const poolEventDefinitions = [poolOpened, poolChanged, poolClosed] as const;

/** What was decided about a pool: the events of a `pool-<uuid>` stream. */
export type PoolEvent = EventOf<(typeof poolEventDefinitions)[number]>;
export type PoolOpened = Static<typeof opened>;
export type PoolChanged = Static<typeof changed>;
