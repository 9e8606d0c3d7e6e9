/** What a case measured in one run. `correct` says whether every event was accounted for: a run without is no speed. */
export interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly correct: boolean;
  /** What was compared, in words and numbers. */
  readonly checked: string;
  /** `least`: at least so much; `below`: less than that. */
  readonly target?: { readonly kind: 'least' | 'below'; readonly value: number };
  /** CPU time an event by process, peak memory. */
  readonly cost?: string;
}

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1] ?? NaN, sorted[middle] ?? NaN];
  return sorted.length % 2 === 0 ? (low + high) / 2 : high;
};

/** The nearest-rank percentile. */
export const percentile = (numbers: readonly number[], percent: number): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
};

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** Whether the median reaches the target and no run lost an event. */
export const passes = (runs: readonly Measured[]): boolean => {
  const target = runs[0]?.target;
  const middle = median(runs.map(({ value }) => value));
  if (runs.some(({ correct }) => !correct)) return false;
  return !target || (target.kind === 'least' ? middle >= target.value : middle < target.value);
};

/** One line a measure: target, median, range over the runs, verdict, correctness, cost. */
export const markdown = (measured: readonly Measured[]): string => {
  const names = [...new Set(measured.map(({ name }) => name))];
  const rows = names.map((name) => {
    const runs = measured.filter((run) => run.name === name);
    const values = runs.map(({ value }) => value);
    const [last, lossy] = [runs.at(-1), runs.find(({ correct }) => !correct)];
    const target = last?.target;
    const speed = lossy
      ? ['–', '–']
      : [`${number(median(values))} ${last?.unit}`, `${number(Math.min(...values))} to ${number(Math.max(...values))}`];
    return [
      name,
      target ? `${target.kind === 'least' ? '≥' : '<'} ${number(target.value)}` : '–',
      ...speed,
      passes(runs) ? (target ? 'pass' : '–') : '**fail**',
      lossy ? `WRONG: ${lossy.checked}` : `${last?.checked}`,
      last?.cost ?? '',
    ];
  });
  const head = ['measure', 'target', 'median', 'range', '', 'correctness', 'cost, last run'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};
