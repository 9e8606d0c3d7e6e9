import { judgedTypes, PersonJudge, readNetworks } from '#libs/classification';
import { CommandRunner, EventCodec, EventLog, type CommandMeta } from '#libs/event-store';
import { newId, START } from '#libs/kernel';
import { Option, type Command } from 'commander';
import { openWriteSide } from '../importing/write-side.js';
import { withInstance } from '../running/with-instance.js';
import { say } from '../terminal.js';

/** People who are judged at the same time. */
const AT_ONCE = 16;

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

const counted = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

const meta = (): CommandMeta => {
  const id = newId();
  return {
    context: { actor: { kind: 'system', id: 'rapport-classify' }, correlationId: id, source: 'classify' },
    occurredAt: new Date(),
  };
};

const sinceOf = (text: string | undefined): Date | undefined => {
  const since = text === undefined ? undefined : new Date(text);
  if (since && Number.isNaN(since.getTime())) throw new Error('--since takes a date, e.g. 2026-03-01.');
  return since;
};

/** Judges history. Prints how many verdicts are new, by verdict and by reason; nothing about anybody. */
const classifyHistory = (options: { since?: string; apply?: boolean }): Promise<void> => {
  const since = sinceOf(options.since);
  const networks = readNetworks();
  return withInstance(async (context) => {
    const app = await openWriteSide(context);
    try {
      const log = app.get(EventLog);
      const judge = new PersonJudge(log, app.get(EventCodec), app.get(CommandRunner), networks);
      const people = [...(await peopleSince(log, since))];
      const [verdicts, reasons] = [new Map<string, number>(), new Map<string, number>()];
      say(`${people.length} people opened or clicked.`);
      if (networks) say(`Lists of networks: edition ${networks.edition}.`);
      const work = async (): Promise<void> => {
        for (let person = people.pop(); person !== undefined; person = people.pop()) {
          const news = await judge.news(person);
          for (const { verdict, reasons: found } of news) {
            counted(verdicts, verdict);
            for (const reason of found) counted(reasons, reason);
          }
          if (options.apply !== true || news.length === 0) continue;
          const outcome = await judge.record(person, meta());
          if (!outcome.ok) throw new Error(`Refused: ${outcome.error.code}.`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      const total = [...verdicts.values()].reduce((sum, count) => sum + count, 0);
      say(options.apply ? `${total} verdicts recorded:` : `${total} verdicts would be new (--apply records them):`);
      for (const counts of [verdicts, reasons])
        for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1])) say(`  ${name.padEnd(24)} ${count}`);
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
