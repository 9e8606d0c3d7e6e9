import type { PersonJudge } from '#libs/classification';
import type { CommandMeta } from '#libs/event-store';
import { newId } from '#libs/kernel';

/** People who are judged at the same time. */
const AT_ONCE = 16;

/** What people were judged to have done; nothing about anybody but whose verdicts couldn't be recorded, and why. */
export interface Classification {
  readonly verdicts: ReadonlyMap<string, number>;
  readonly reasons: ReadonlyMap<string, number>;
  readonly failed: readonly { readonly candidateId: string; readonly code: string }[];
}

const counted = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

const meta = (): CommandMeta => {
  const id = newId();
  return {
    context: { actor: { kind: 'system', id: 'rapport-classify' }, correlationId: id, source: 'classify' },
    occurredAt: new Date(),
  };
};

/** Judges people, and counts what's new; with `apply` it's recorded. Whoever it's refused for keeps nobody from theirs. */
export const classifyPeople = async (
  people: readonly string[],
  judge: Pick<PersonJudge, 'news' | 'record'>,
  apply: boolean,
): Promise<Classification> => {
  const [verdicts, reasons] = [new Map<string, number>(), new Map<string, number>()];
  const failed: { candidateId: string; code: string }[] = [];
  const left = [...people];
  const work = async (): Promise<void> => {
    for (let person = left.pop(); person !== undefined; person = left.pop()) {
      const news = await judge.news(person);
      const outcome = apply && news.length > 0 ? await judge.record(person, meta()) : undefined;
      if (outcome?.ok === false) {
        failed.push({ candidateId: person, code: outcome.error.code });
        continue;
      }
      for (const { verdict, reasons: found } of news) {
        counted(verdicts, verdict);
        for (const reason of found) counted(reasons, reason);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { verdicts, reasons, failed };
};
