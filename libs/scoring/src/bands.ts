import { toUnits } from './decay.js';
import type { ScoringModel } from './model.js';
import { sumAt, type Term } from './score.js';

export const bands = ['hot', 'warm', 'cold', 'dormant'] as const;
export type Band = (typeof bands)[number];

const DAY = 24 * 3_600_000;

/** From when on somebody is in a band. */
export interface BandChange {
  readonly at: Date;
  readonly band: Band;
}

/** A walk through a history: a band depends on how the score got where it is. */
class BandWalk {
  readonly changes: BandChange[] = [];
  band: Band = 'dormant';
  private lastSignalAt = 0;

  constructor(
    private readonly model: ScoringModel,
    private readonly counted: readonly Term[],
  ) {}

  /** Takes in the n-th signal; everything before it was. */
  signal(n: number): void {
    const at = this.counted[n]?.fact.at ?? new Date(0);
    this.lastSignalAt = at.getTime();
    const units = this.units(n + 1, at.getTime());
    const { hot, warm } = this.model.bands;
    if (units >= toUnits(hot.enter)) this.change(at.getTime(), 'hot');
    else if (this.band !== 'hot' && units >= toUnits(warm.enter)) this.change(at.getTime(), 'warm');
    else if (this.band === 'dormant') this.change(at.getTime(), 'cold');
  }

  /** Lets time pass after the first `n` signals, until before `end`. */
  pass(n: number, end: number): void {
    if (n === 0) return;
    for (;;) {
      const next = this.nextFall(n, end);
      if (!next) return;
      this.change(next.at.getTime(), next.band);
    }
  }

  private nextFall(n: number, end: number): BandChange | undefined {
    if (this.band === 'dormant') return undefined;
    const dormantAt = this.lastSignalAt + this.model.dormantAfterDays * DAY;
    const until = Math.min(dormantAt, end);
    const since = this.changes.at(-1)?.at.getTime() ?? this.lastSignalAt;
    const from = Math.max(since, this.lastSignalAt);
    const { hot, warm } = this.model.bands;
    const leave = this.band === 'hot' ? hot.leave : this.band === 'warm' ? warm.leave : undefined;
    if (leave !== undefined && until > from && this.units(n, until - 1) < toUnits(leave)) {
      const at = this.firstBelow(n, toUnits(leave), from, until - 1);
      const band = this.band === 'hot' && this.units(n, at) >= toUnits(warm.leave) ? 'warm' : 'cold';
      return { at: new Date(at), band };
    }
    return dormantAt < end ? { at: new Date(dormantAt), band: 'dormant' } : undefined;
  }

  /** The score never grows between signals, so halving finds the millisecond. It's below at `high`. */
  private firstBelow(n: number, threshold: bigint, low: number, high: number): number {
    let [above, below] = [low - 1, high];
    while (below - above > 1) {
      const middle = above + Math.floor((below - above) / 2);
      if (this.units(n, middle) < threshold) below = middle;
      else above = middle;
    }
    return below;
  }

  private units(n: number, at: number): bigint {
    return sumAt(this.model, this.counted.slice(0, n), new Date(at)).units;
  }

  private change(at: number, band: Band): void {
    if (band === this.band) return;
    this.band = band;
    this.changes.push({ at: new Date(at), band });
  }
}

/** Every change of band that these signals make, in the order of time, and those that follow if nothing more happens. */
export const bandHistory = (model: ScoringModel, counted: readonly Term[]): readonly BandChange[] => {
  const walk = new BandWalk(model, counted);
  for (const [n, { fact }] of counted.entries()) {
    walk.pass(n, fact.at.getTime());
    walk.signal(n);
  }
  walk.pass(counted.length, Infinity);
  return walk.changes;
};

/** The band at an instant, and the next change if nothing happens after it. */
export const bandAt = (
  model: ScoringModel,
  counted: readonly Term[],
  at: Date,
): { readonly band: Band; readonly since: Date | null; readonly next: BandChange | null } => {
  const changes = bandHistory(
    model,
    counted.filter(({ fact }) => fact.at <= at),
  );
  const last = changes.findLast((change) => change.at <= at);
  return {
    band: last?.band ?? 'dormant',
    since: last?.at ?? null,
    next: changes.find((change) => change.at > at) ?? null,
  };
};
