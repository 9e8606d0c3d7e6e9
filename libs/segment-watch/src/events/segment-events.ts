import { closed, firstVersion, instant, oneOf, orNull, position, uuid } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type } from 'typebox';

/** `id`: of the event that the watch began with. `wasIn`: whether the person was in at `since`, by what had been recorded then. */
const watch = closed({ id: uuid(), since: instant(), wasIn: Type.Boolean() });
/** `upTo`: everything that had been recorded by then counts. */
const about = { candidateId: uuid(), poolId: uuid(), watch, upTo: position() };
/**
 * `because`: JSON pointers into the criteria. `restated`: the same had been told before, of another time or under another
 * id of the person; whoever acts on somebody coming or going has acted on it.
 */
const change = closed({ ...about, at: instant(), because: Type.Array(Type.String()), restated: Type.Boolean() });

/** Why what was told isn't so: the id was merged away, or more is known now. */
export const retractionReasons = ['merged', 'known-better'] as const;
const retraction = closed({
  ...about,
  at: instant(),
  reason: oneOf(retractionReasons),
});

export const segmentEntered = firstVersion('segment.entered', change);
export const segmentLeft = firstVersion('segment.left', change);
/** Somebody hadn't come in at that time after all. */
export const segmentEntryRetracted = firstVersion('segment.entry-retracted', retraction);
/** Somebody hadn't gone at that time after all. */
export const segmentExitRetracted = firstVersion('segment.exit-retracted', retraction);
/** When somebody comes or goes next if nothing happens; null: never. */
export const segmentChangeExpected = firstVersion(
  'segment.change-expected',
  closed({ ...about, at: orNull(instant()) }),
);
/** Whoever was added after the one position and up to the other is looked at. `done`: those are all. */
export const segmentScanAdvanced = firstVersion(
  'segment.scan-advanced',
  closed({ poolId: uuid(), watchId: uuid(), after: position(), upTo: position(), done: Type.Boolean() }),
);

/** Every event type of the watch over segments. */
export const segmentEventDefinitions = [
  segmentEntered,
  segmentLeft,
  segmentEntryRetracted,
  segmentExitRetracted,
  segmentChangeExpected,
  segmentScanAdvanced,
] as const;

export type SegmentEvent = EventOf<(typeof segmentEventDefinitions)[number]>;
/** What's told of one person and one segment. */
export type PersonSegmentEvent = Exclude<SegmentEvent, { type: 'segment.scan-advanced' }>;
export type ScanAdvanced = EventOf<typeof segmentScanAdvanced>['data'];
export type RetractionReason = (typeof retractionReasons)[number];
