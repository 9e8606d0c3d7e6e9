import { EventCodec, EventLog } from '#libs/event-store';
import { fitModelRef } from '#libs/fit';
import { Database } from '#libs/read-store';
import { publishedFitModels } from '#projections/fit-models';
import { outcomesByCandidate } from '#projections/funnel';
import type { Command } from 'commander';
import { openWriteSide } from '../../importing/write-side.js';
import { withInstance } from '../../running/with-instance.js';
import { say } from '../../terminal.js';
import { monthsOf, sayForetold, takesMonths, type BackTestOptions } from '../back-testing.js';
import { wholeNumber } from '../option-values.js';
import { withDatabase } from '../../running/with-database.js';
import { chosenFitModel, namedFitModel } from './chosen-models.js';
import { PastFit } from './past-fit.js';

const listModels = (): Promise<void> =>
  withDatabase(async (database) => {
    const models = await publishedFitModels(database);
    if (models.length === 0) return say('No fit model was published.');
    for (const { model, retiredAt } of models)
      say(`${fitModelRef(model)}${retiredAt ? ' (retired)' : ''}  ${model.title}`);
  });

/** How well fit would have foretold interviews and hires, at the ends of past months. */
const backTest = (
  refs: readonly string[],
  options: BackTestOptions & { people: string; role?: string },
): Promise<void> => {
  const named = refs.map(namedFitModel);
  const months = monthsOf(options);
  const people = wholeNumber(options.people, '--people', 1_000_000);
  return withInstance(async (context) => {
    const app = await openWriteSide(context);
    try {
      const database = app.get(Database);
      const models = await Promise.all(named.map((one) => chosenFitModel(database, one)));
      const ranked = await new PastFit(database, app.get(EventLog), app.get(EventCodec)).of(
        models,
        months.instants,
        people,
      );
      const came = await outcomesByCandidate(database, options.role);
      sayForetold(refs, ranked, came, months, options.json);
    } finally {
      await app.close();
    }
  });
};

/** `rapport fit …` */
export const registerFit = (program: Command): void => {
  const command = program.command('fit').description('Try fit models on the history.');
  command.command('models').description('Every fit model that was published.').action(listModels);
  takesMonths(
    command
      .command('back-test <models...>')
      .description('How well fit models (published ones, or JSON files) would have foretold interviews and hires.')
      .option('--role <title>', 'only applications for roles with these words')
      .option('--people <number>', 'of so many people, drawn evenly', '20000'),
  ).action(backTest);
};
