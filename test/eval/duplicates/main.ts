import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { DEFAULT_THRESHOLD, findDuplicates, reviewWeights } from '#libs/identity';
import { generatedPeople } from './generated-people.js';
import { keepPairs, keepPairsInTables } from './kept-pairs.js';
import { pairwise } from './pairwise.js';
import { readPeople, type LabelledPeople } from './person-file.js';

const thresholds = [-2, 0, DEFAULT_THRESHOLD, 2, 3, 4, 6, 8, 10, 13];
const bundled = ['test/data/duplicates/people_1000.csv', 'test/data/duplicates/febrl_1.csv'];

const share = (value: number): string => value.toFixed(4);
const whole = (value: number): string => value.toLocaleString('en');

/** What took how long, and used how much. */
const measured = async <T>(work: () => T | Promise<T>): Promise<T> => {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const used = process.cpuUsage(cpu);
  console.log(
    `${((performance.now() - started) / 1000).toFixed(1)} s, ${((used.user + used.system) / 1e6).toFixed(1)} s of CPU; ` +
      `at most ${whole(Math.round(process.resourceUsage().maxRSS / 1024))} MB of memory`,
  );
  return result;
};

const report = (clustersAt: (threshold: number) => number[][], truth: LabelledPeople['truth']): void => {
  const results = thresholds.map((threshold) => ({ threshold, ...pairwise(clustersAt(threshold), truth) }));
  const table = new Table({
    head: ['threshold, bits', 'precision', 'recall', 'F1', 'pairs found', 'of them right', 'real pairs'],
    style: { head: [], border: [], compact: true },
  });
  for (const { threshold, precision, recall, f1, found, right, real } of results)
    table.push([
      threshold === DEFAULT_THRESHOLD ? `${threshold} (default)` : threshold,
      share(precision),
      share(recall),
      share(f1),
      whole(found),
      whole(right),
      whole(real),
    ]);
  console.log(table.toString());
  const byDefault = results.find(({ threshold }) => threshold === DEFAULT_THRESHOLD);
  if (byDefault)
    console.log(
      `At the default threshold: precision ${share(byDefault.precision)}, recall ${share(byDefault.recall)}, F1 ${share(byDefault.f1)}\n`,
    );
};

/** Finds who is twice in a file, and says how well: as the read model does, and with weights learned from the file. */
const evaluate = async (
  name: string,
  { records, truth }: LabelledPeople,
  keep: typeof keepPairsInTables,
): Promise<void> => {
  console.log(
    `${name}: ${whole(records.length)} records, kept as they come in, weights of edition ${reviewWeights.edition}`,
  );
  report((await measured(() => keep(records))).clustersAt, truth);
  console.log(`${name}: ${whole(records.length)} records, weights learned from all of them`);
  const { blocks, compared, clustersAt } = await measured(() => findDuplicates(records, Math.min(...thresholds)));
  const each = (records.length * (records.length - 1)) / 2;
  console.log(
    `${whole(compared)} pairs compared of ${whole(each)}; ${whole(blocks.large)} large blocks, the largest of ${whole(blocks.largest)}`,
  );
  report(clustersAt, truth);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { people: { type: 'string' }, seed: { type: 'string', default: '1' } },
});

if (values.people !== undefined) {
  const people = Number(values.people);
  if (!Number.isInteger(people) || people < 1)
    throw new Error(`--people: a number of people was expected, not "${values.people}".`);
  await evaluate(`generated, seed ${values.seed}`, generatedPeople(people, Number(values.seed)), keepPairsInTables);
} else {
  const inMemory = (records: LabelledPeople['records']) => Promise.resolve(keepPairs(records));
  const [file, labels] = positionals;
  if (file !== undefined) await evaluate(file, readPeople(file, labels), inMemory);
  else for (const one of bundled) await evaluate(one, readPeople(one), inMemory);
}
