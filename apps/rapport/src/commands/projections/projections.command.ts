import type { Command } from 'commander';
import { listLetters, replayLetters } from './dead-letters.js';
import { pause, resume } from './pause.js';
import { rebuild, rollback } from './rebuild.js';
import { status } from './status.js';
import { verify } from './verify.js';

/** `rapport projections …` */
export const registerProjections = (program: Command): void => {
  const command = program.command('projections').description('Look after the read models.');
  command
    .command('status')
    .description('Where each generation of each projection stands.')
    .option('--json', 'for programs')
    .action(status);
  command
    .command('pause [names...]')
    .description('Stop projections where they are, until they are resumed.')
    .action(pause);
  command.command('resume [names...]').description('Let stopped projections go on.').action(resume);
  command
    .command('rebuild [names...]')
    .description('Build projections anew from the log, beside their live rows, and swap.')
    .option('--cancel', 'let go what is being built')
    .action(rebuild);
  command.command('rollback <name>').description('Bring back what was live before the last swap.').action(rollback);
  command
    .command('verify [names...]')
    .description('Fold the log anew beside the live rows, up to where they are, and compare.')
    .action((names: string[]) => verify(names));
  const letters = command.command('dead-letters').description('Events that projections could not take in.');
  letters
    .command('list [names...]')
    .description('What is set aside, and why.')
    .option('--json', 'for programs')
    .action(listLetters);
  letters
    .command('replay [names...]')
    .description('Take up what was set aside, once what was wrong is mended.')
    .option('--timeout <seconds>', 'how long to wait for a projector', '60')
    .action(replayLetters);
};
