import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { DEFAULT_THRESHOLD, findDuplicates } from '#libs/identity';
import { generatedPeople } from './generated-people.js';
import { pairwise } from './pairwise.js';
import { readPeople, type LabelledPeople } from './person-file.js';

const thresholds = [-2, 0, DEFAULT_THRESHOLD, 2, 3, 4, 6, 8, 10, 13];
const bundled = ['test/data/duplicates/people_1000.csv', 'test/data/duplicates/febrl_1.csv'];

const share = (value: number): string => value.toFixed(4);
const whole = (value: number): string => value.toLocaleString('en');

/** Finds who is twice in a file, and says how well. */
const evaluate = (name: string, { records, truth }: LabelledPeople): void => {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const search = findDuplicates(records, Math.min(...thresholds));
  const results = thresholds.map((threshold) => ({ threshold, ...pairwise(search.clustersAt(threshold), truth) }));
  const used = process.cpuUsage(cpu);
  const { large, largest } = search.blocks;
  const each = (records.length * (records.length - 1)) / 2;
  console.log(`${name}: ${whole(records.length)} records`);
  console.log(
    `${whole(search.compared)} pairs compared of ${whole(each)}; ${whole(large)} large blocks, the largest of ${whole(largest)}`,
  );
  console.log(
    `${((performance.now() - started) / 1000).toFixed(1)} s, ${((used.user + used.system) / 1e6).toFixed(1)} s of CPU; ` +
      `at most ${whole(Math.round(process.resourceUsage().maxRSS / 1024))} MB of memory`,
  );
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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { people: { type: 'string' }, seed: { type: 'string', default: '1' } },
});

if (values.people !== undefined) {
  const people = Number(values.people);
  if (!Number.isInteger(people) || people < 1)
    throw new Error(`--people: a number of people was expected, not "${values.people}".`);
  evaluate(`generated, seed ${values.seed}`, generatedPeople(people, Number(values.seed)));
} else if (positionals[0] !== undefined) evaluate(positionals[0], readPeople(positionals[0], positionals[1]));
else for (const file of bundled) evaluate(file, readPeople(file));
