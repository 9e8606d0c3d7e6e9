import { judgedTypes, PersonJudge, readNetworks } from '#libs/classification';
import { CommandRunner, EventCodec, EventLog } from '#libs/event-store';
import { START } from '#libs/kernel';
import { Option, type Command } from 'commander';
import { openWriteSide } from '../importing/write-side.js';
import { withInstance } from '../running/with-instance.js';
import { say } from '../terminal.js';
import { classifyPeople } from './classify-people.js';

/** Everybody who is told to have opened or clicked at that time or later, by what lies in the clear beside the events. */
const peopleSince = (log: EventLog, since: Date | undefined): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const found = new Set<string>();
    const subscription = log.subscribe({
      after: START,
      onItem: (item) => {
        if (item.kind === 'caught-up') void subscription.close().then(() => resolve([...found]));
        if (item.kind !== 'event' || !(judgedTypes as readonly string[]).includes(item.event.type)) return;
        const { subjectId, occurredAt } = item.event.metadata as { subjectId?: string; occurredAt: string };
        if (subjectId !== undefined && (since === undefined || new Date(occurredAt) >= since)) found.add(subjectId);
      },
      onEnd: (error) => reject(error ?? new Error('The event log ended before its end was read.')),
    });
  });

const sinceOf = (text: string | undefined): Date | undefined => {
  const since = text === undefined ? undefined : new Date(text);
  if (since && Number.isNaN(since.getTime())) throw new Error('--since takes a date, e.g. 2026-03-01.');
  return since;
};

/** Judges history. Prints how many verdicts are new, by verdict and by reason, and whose couldn't be recorded; nothing else about anybody. */
const classifyHistory = (options: { since?: string; apply?: boolean }): Promise<void> => {
  const since = sinceOf(options.since);
  const networks = readNetworks();
  return withInstance(async (context) => {
    const app = await openWriteSide(context);
    try {
      const log = app.get(EventLog);
      const judge = new PersonJudge(log, app.get(EventCodec), app.get(CommandRunner), networks);
      const people = await peopleSince(log, since);
      say(`${people.length} people opened or clicked.`);
      if (networks) say(`Lists of networks: edition ${networks.edition}.`);
      const { verdicts, reasons, failed } = await classifyPeople(people, judge, options.apply === true);
      const total = [...verdicts.values()].reduce((sum, count) => sum + count, 0);
      say(options.apply ? `${total} verdicts recorded:` : `${total} verdicts would be new (--apply records them):`);
      for (const counts of [verdicts, reasons])
        for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1])) say(`  ${name.padEnd(24)} ${count}`);
      if (failed.length === 0) return;
      say(`Of ${failed.length} people they couldn't be recorded:`);
      for (const { candidateId, code } of failed) say(`  ${candidateId}: ${code}`);
      process.exitCode = 2;
    } finally {
      await app.close();
    }
  });
};

/** `rapport classify` */
export const registerClassify = (program: Command): void => {
  program
    .command('classify')
    .description('What the classifier says about who opened and clicked, over the whole history.')
    .option('--since <date>', 'only of people who opened or clicked since')
    .option('--apply', 'record the verdicts that are new; without it they are counted')
    .addOption(new Option('--dry-run', 'count them: the default').conflicts('apply'))
    .action(classifyHistory);
};
