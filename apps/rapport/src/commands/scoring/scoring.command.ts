import { bands, models } from '#libs/scoring';
import type { SqlExecutor } from '#libs/read-store';
import { pastScores, tryModels } from '#projections/engagement';
import { outcomesByCandidate } from '#projections/funnel';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { say } from '../../terminal.js';
import { monthsOf, sayForetold, takesMonths, type BackTestOptions } from '../back-testing.js';
import { instantFrom, wholeNumber } from '../option-values.js';
import { withDatabase } from '../../running/with-database.js';
import { scoringModelsIn } from '../published-models.js';
import { chosenModels, namedModel, type NamedModel } from './chosen-models.js';
import { compare } from './comparison.js';

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => {
  const made = new Table({ head: [...head], style: { head: [] } });
  for (const row of rows) made.push([...row]);
  return made.toString();
};

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const listModels = (): Promise<void> =>
  withDatabase(async (database) => {
    for (const { model, state } of await scoringModelsIn(database)) {
      const groups = Object.entries(model.groups)
        .map(
          ([name, { halfLifeDays, cap }]) =>
            `${name}: half-life ${halfLifeDays} d${cap === undefined ? '' : `, at most ${cap}`}`,
        )
        .join('; ');
      say(`${model.version} (${state})  ${groups}`);
    }
  });

/** What another model would make of everybody, beside the first. */
const compareModels = (
  one: string,
  other: string,
  options: { at?: string; limit: string; json?: boolean },
): Promise<void> => {
  const named = [namedModel(one), namedModel(other)];
  const at = instantFrom(options.at, '--at', new Date());
  const limit = wholeNumber(options.limit, '--limit', 10_000);
  return withDatabase(async (database) => {
    const both = await chosenModels(database, named);
    const { people, crossings, moved, correlation } = compare(await collect(tryModels(database, both, [at])));
    if (options.json) {
      return say(
        JSON.stringify(
          { at, people, correlation, crossings: Object.fromEntries(crossings), moved: moved.slice(0, limit) },
          null,
          2,
        ),
      );
    }
    say(`${people} people at ${at.toISOString()}; rank correlation ${correlation?.toFixed(4) ?? '–'}`);
    say(`Bands by ${one} (rows) and by ${other} (columns):`);
    say(
      table(
        ['', ...bands],
        bands.map((row) => [row, ...bands.map((column) => crossings.get(`${row} ${column}`) ?? 0)]),
      ),
    );
    say(`Who moves furthest, ${Math.min(limit, moved.length)} of ${moved.length}:`);
    say(
      table(
        ['candidate', `place by ${one}`, `by ${other}`],
        moved.slice(0, limit).map(({ candidateId, from, to }) => [candidateId, from, to]),
      ),
    );
  });
};

/** Those that come with the program, and those that were published and aren't retired. */
const allModels = async (sql: SqlExecutor): Promise<readonly NamedModel[]> =>
  (await scoringModelsIn(sql))
    .filter(({ model, state }) => state !== 'retired' || models.some(({ version }) => version === model.version))
    .map(({ model }) => ({ name: String(model.version), model }));

/** How well the models would have foretold interviews and hires, at the ends of past months. */
const backTest = (names: readonly string[], options: BackTestOptions): Promise<void> => {
  const named = names.map(namedModel);
  const months = monthsOf(options);
  return withDatabase(async (database) => {
    const chosen = named.length > 0 ? named : await allModels(database);
    const documents = await chosenModels(database, chosen);
    const came = await outcomesByCandidate(database);
    const people = await collect(pastScores(database, documents, months.instants));
    sayForetold(
      chosen.map(({ name }) => name),
      people,
      came,
      months,
      options.json,
    );
  });
};

/** `rapport scoring …` */
export const registerScoring = (program: Command): void => {
  const command = program.command('scoring').description('Try scoring models on the history before they go live.');
  command
    .command('models')
    .description('Every model, built in or published, and what is done with it.')
    .action(listModels);
  command
    .command('compare <one> <other>')
    .description('What two models (versions, or JSON files) make of everybody: bands, and who moves.')
    .option('--at <date>', 'as of this time; now, unless given')
    .option('--limit <number>', 'how many of those who move to show', '20')
    .option('--json', 'for programs')
    .action(compareModels);
  takesMonths(
    command
      .command('back-test [models...]')
      .description('How well models (versions, or JSON files) would have foretold interviews and hires.'),
  ).action(backTest);
};
