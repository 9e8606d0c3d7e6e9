#!/usr/bin/env node
import 'reflect-metadata';
import { Command } from 'commander';
import { registerClassify } from './commands/classify.command.js';
import { registerDemo } from './commands/demo.command.js';
import { registerDuplicates } from './commands/duplicates.command.js';
import { registerFit } from './commands/fit/fit.command.js';
import { registerImport } from './commands/import.command.js';
import { registerKeys } from './commands/keys/keys.command.js';
import { registerPrepare } from './commands/prepare.command.js';
import { registerProjections } from './commands/projections/projections.command.js';
import { registerReactions } from './commands/reactions/reactions.command.js';
import { registerScoring } from './commands/scoring/scoring.command.js';
import { registerServers } from './commands/servers.command.js';
import { registerStart } from './commands/start.command.js';
import { sayError } from './terminal.js';

const program = new Command('rapport')
  .description('Rapport, an event-sourced recruiting CRM backend, from the command line.')
  .showHelpAfterError();

registerStart(program);
registerServers(program);
registerPrepare(program);
registerImport(program);
registerKeys(program);
registerDemo(program);
registerDuplicates(program);
registerClassify(program);
registerProjections(program);
registerReactions(program);
registerScoring(program);
registerFit(program);

try {
  await program.parseAsync();
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
