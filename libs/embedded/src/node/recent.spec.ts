import { describe, expect, it } from '@jest/globals';
import { RecentRecords } from './recent.js';
import type { StoredRecord } from './record.js';

const record = (position: number, size = 10): StoredRecord => ({
  position: BigInt(position),
  stream: 's',
  revision: BigInt(position),
  id: String(position),
  type: 't',
  bytes: Buffer.alloc(size),
});

const filled = (from: number, to: number, maxRecords = 100, maxBytes = 1e9, size = 10): RecentRecords => {
  const recent = new RecentRecords(maxRecords, maxBytes);
  for (let position = from; position <= to; position++) recent.push(record(position, size));
  return recent;
};

const positions = (recent: RecentRecords, after: number, max = 1_000): number[] | undefined =>
  recent.after(BigInt(after), max)?.map(({ position }) => Number(position));

describe('Recent records', () => {
  it('are given right after a position, no more than asked for', () => {
    expect(positions(filled(1, 10), 7)).toEqual([8, 9, 10]);
    expect(positions(filled(1, 10), 0, 2)).toEqual([1, 2]);
  });

  it('know nothing of what comes before them, or after', () => {
    expect(positions(filled(5, 10), 3)).toBeUndefined();
    expect(positions(filled(5, 10), 4, 1)).toEqual([5]);
    expect(positions(filled(5, 10), 10)).toBeUndefined();
    expect(positions(new RecentRecords(5, 1e9), 0)).toBeUndefined();
  });

  it('are no more than so many, however many came', () => {
    const recent = filled(1, 10_000, 100);
    expect(positions(recent, 9_899)).toBeUndefined();
    expect(positions(recent, 9_900)).toHaveLength(100);
    expect(positions(recent, 9_998)).toEqual([9_999, 10_000]);
  });

  it('weigh no more than so much', () => {
    const recent = filled(1, 500, 100, 1_000, 100);
    expect(positions(recent, 490)).toHaveLength(10);
    expect(positions(recent, 489)).toBeUndefined();
  });

  it('start anew behind a gap, so that nobody gets the wrong ones', () => {
    const recent = filled(1, 10);
    recent.push(record(15));
    expect(positions(recent, 14)).toEqual([15]);
    expect(positions(recent, 5)).toBeUndefined();
  });
});
