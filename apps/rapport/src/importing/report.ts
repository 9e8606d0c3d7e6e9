import type { RecordProblem } from './candidate-record.js';

/** What became of one record of a file. */
export type RecordOutcome =
  { readonly kind: 'added' | 'updated' | 'unchanged' } | { readonly kind: 'refused'; readonly problem: RecordProblem };

/** Problems that are kept to be listed; further ones are only counted. */
const LISTED = 1_000;

/** What an import did, record by record, in numbers. */
export class ImportReport {
  added = 0;
  updated = 0;
  unchanged = 0;
  refused = 0;
  readonly problems: RecordProblem[] = [];
  readonly notices: string[] = [];

  note(outcome: RecordOutcome): void {
    this[outcome.kind]++;
    if (outcome.kind === 'refused' && this.problems.length < LISTED) this.problems.push(outcome.problem);
  }

  get records(): number {
    return this.added + this.updated + this.unchanged + this.refused;
  }

  /** For a terminal: the numbers, then each refused record by its line. */
  lines(): string[] {
    return [
      `${this.records} records: ${this.added} added, ${this.updated} updated, ${this.unchanged} unchanged, ${this.refused} refused`,
      ...this.notices,
      ...[...this.problems]
        .sort((a, b) => a.line - b.line)
        .map(({ line, code, message }) => `  line ${line}: ${code}: ${message}`),
      ...(this.refused > this.problems.length
        ? [`  and ${this.refused - this.problems.length} more refused records`]
        : []),
    ];
  }
}
