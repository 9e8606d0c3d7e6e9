import { decodePosition, encodePosition, START, type LogPosition } from '#libs/kernel';
import type { ScanAdvanced, SegmentEvent } from '../events/segment-events.js';
import type { WatchSources } from '../sources.js';

/** How far it has been looked through who was there when a watch began. */
export interface Scan {
  readonly poolId: string;
  readonly watchId: string;
  readonly upTo: LogPosition;
  readonly done: boolean;
}

/** The next stretch to look through; none where all were looked through, or nobody watches any more. */
export interface ScanReading {
  readonly kind: 'scan';
  readonly next: ScanAdvanced | undefined;
}

export const positionOf = (text: string): LogPosition => decodePosition(text) ?? START;

/** The next stretch of the log with as many people as are looked at together. */
export const readScan = async (
  sources: WatchSources,
  watchId: string,
  scan: Scan | undefined,
): Promise<ScanReading> => {
  const watch = sources.known.watch(watchId);
  if (!watch || scan?.done) return { kind: 'scan', next: undefined };
  const after = scan?.upTo ?? START;
  const { upTo, done } = await sources.peopleAdded(after, watch.position);
  const next = {
    poolId: watch.poolId,
    watchId,
    after: encodePosition(after),
    upTo: encodePosition(upTo),
    done,
  };
  return { kind: 'scan', next };
};

/** Unless it's been taken already. */
export const advance = ({ next }: ScanReading, scan: Scan | undefined): SegmentEvent[] =>
  next === undefined || (scan && encodePosition(scan.upTo) !== next.after)
    ? []
    : [{ type: 'segment.scan-advanced', data: next }];

export const evolveScan = ({ poolId, watchId, upTo, done }: ScanAdvanced): Scan => ({
  poolId,
  watchId,
  upTo: positionOf(upTo),
  done,
});
