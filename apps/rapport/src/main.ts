#!/usr/bin/env node
import 'reflect-metadata';
import { Command } from 'commander';
import { sayError } from './terminal.js';

/** Each is loaded where it's called: all of them together take seconds of a core. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  start: async () => (await import('./commands/start.command.js')).registerStart,
  servers: async () => (await import('./commands/servers.command.js')).registerServers,
  prepare: async () => (await import('./commands/prepare.command.js')).registerPrepare,
  import: async () => (await import('./commands/import.command.js')).registerImport,
  keys: async () => (await import('./commands/keys/keys.command.js')).registerKeys,
  demo: async () => (await import('./commands/demo.command.js')).registerDemo,
  duplicates: async () => (await import('./commands/duplicates.command.js')).registerDuplicates,
  classify: async () => (await import('./commands/classify.command.js')).registerClassify,
  projections: async () => (await import('./commands/projections/projections.command.js')).registerProjections,
  reactions: async () => (await import('./commands/reactions/reactions.command.js')).registerReactions,
  scoring: async () => (await import('./commands/scoring/scoring.command.js')).registerScoring,
  fit: async () => (await import('./commands/fit/fit.command.js')).registerFit,
};

const program = new Command('rapport')
  .description('Rapport, an event-sourced recruiting CRM backend, from the command line.')
  .showHelpAfterError();

const asked = process.argv[2] ?? '';
// The help names them all.
for (const load of Object.hasOwn(commands, asked) ? [commands[asked]] : Object.values(commands))
  (await load?.())?.(program);

try {
  await program.parseAsync();
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
