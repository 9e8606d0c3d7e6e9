import { Injectable } from '@nestjs/common';
import { Digests } from './digests.js';
import { KeyVault, type KeyRef } from './key-vault.js';
import { openBox, sealBox } from './sealed-box.js';

const DAY_MILLISECONDS = 86_400_000;
/** How far back days are looked at whose key should be gone: whoever was switched off for a month still cleans up. */
const LOOKED_BACK_DAYS = 40;

/** Something personal that's kept for a while only. */
export interface PassingBox {
  readonly keyId: string;
  readonly sealed: Buffer;
}

/** Destroys the keys of those days of which nothing is left, because all of it was kept for so many days at most. */
export const retireDays = async (
  vault: KeyVault,
  keyOf: (day: Date) => KeyRef,
  keptDays: number,
  now: Date,
): Promise<void> => {
  // A day more for the day itself, and one for clocks that differ.
  const daysAgo = Array.from({ length: LOOKED_BACK_DAYS }, (_, n) => keptDays + 2 + n);
  const refs = daysAgo.map((days) => keyOf(new Date(now.getTime() - days * DAY_MILLISECONDS)));
  const keys = await vault.keysToOpen(refs);
  for (const [at, { subjectId, group }] of refs.entries()) if (keys[at]) await vault.destroy(subjectId, [group]);
};

/**
 * Seals what's personal and nobody's yet, and only kept for days: each purpose has a key a day in the vault, and destroying it
 * erases all that's left of the day, in old pages and backups of the tables too.
 */
@Injectable()
export class DayKeys {
  constructor(
    private readonly vault: KeyVault,
    private readonly digests: Digests,
  ) {}

  /** @param context of the box, as `sealBox` has it */
  async seal(purpose: string, at: Date, context: string, value: unknown): Promise<PassingBox> {
    const keyId = this.keyIdOf(purpose, at);
    const key = await this.vault.keyToSeal({ subjectId: keyId, group: 'contact' });
    return { keyId, sealed: sealBox(key, context, Buffer.from(JSON.stringify(value))) };
  }

  /** Undefined where the day's key was destroyed. */
  async open(context: string, { keyId, sealed }: PassingBox): Promise<unknown> {
    const [key] = await this.vault.keysToOpen([{ subjectId: keyId, group: 'contact' }]);
    return key ? JSON.parse(openBox(key, context, sealed).toString()) : undefined;
  }

  /** Destroys the keys of days of which nothing is left, because all of it was kept for so many days at most. */
  retire(purpose: string, keptDays: number, now: Date): Promise<void> {
    return retireDays(
      this.vault,
      (day) => ({ subjectId: this.keyIdOf(purpose, day), group: 'contact' }),
      keptDays,
      now,
    );
  }

  private keyIdOf(purpose: string, at: Date): string {
    return this.digests.idFrom('day-key', purpose, at.toISOString().slice(0, 10));
  }
}
