import { dataFile, lazily } from '../data/data-file.js';
import { SortedLines } from '../data/sorted-lines.js';

/** An alternate title of O*NET. */
export interface KnownTitle {
  readonly label: string;
  /** Codes of O*NET-SOC; none where it may mean more than five. */
  readonly occupations: readonly string[];
  /** The words that a title in short stands for ("RN"), where they're others. */
  readonly inFull?: string;
}

/** About 3 MB outside the heap. */
const lines = lazily(() => new SortedLines(dataFile('titles.tsv.gz')));

/** By its words as `titleWords` gives them. */
export const knownTitle = (words: readonly string[]): KnownTitle | undefined => {
  const [line] = lines().find(words.join(' '));
  if (line === undefined) return undefined;
  const [label = '', codes = '', inFull] = line.split('\t');
  return { label, occupations: codes === '' ? [] : codes.split(','), ...(inFull === undefined ? {} : { inFull }) };
};

const names = lazily(
  () =>
    new Map(
      dataFile('occupations.tsv.gz')
        .toString('utf8')
        .split('\n')
        .map((line) => line.split('\t') as [string, string]),
    ),
);

/** What O*NET calls an occupation, e.g. "Software Developers"; undefined for a code that it doesn't have. */
export const occupationTitle = (code: string): string | undefined => names().get(code);
