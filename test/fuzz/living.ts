/** Kinds of things that earlier answers told of, and that later requests name. */
export type LivingKind =
  | 'candidate'
  | 'application'
  | 'merge'
  | 'pool'
  | 'segment'
  | 'form'
  // The key of a custom field.
  | 'field'
  | 'search'
  | 'plan'
  // A past state, and the history of a segment.
  | 'past'
  | 'history'
  // That came with a form, and lets one be submitted.
  | 'ticket'
  // Of one in a pool: as in its address, `<pool>/members/<candidate>`.
  | 'member'
  // Of one about a candidate: `<candidate>/notes/<note>`.
  | 'note'
  | 'position'
  | 'etag'
  | 'address'
  | 'cursor'
  // Keys of the roles.
  | 'service'
  | 'analyst'
  | 'auditor'
  | 'admin';

/** Enough that requests meet each other's things, few enough that they meet them often. */
const KEPT = 64;

/** `{{candidate:7}}` in a request that isn't sent yet: the shape that's shrunk stays the same whatever lives. */
export const placeholder = (kind: LivingKind | keyof OwnWords, index = 0): string => `{{${kind}:${index}}}`;
const pattern = /\{\{([a-z]+):(\d+)\}\}/g;

/** Words that are in one request only. As long as their placeholders, so that lengths stay what they are. */
export interface OwnWords {
  /** Anywhere in it: never in a problem, never in a log. */
  readonly own: string;
  /** In what's personal: besides, never in the event log in the clear. */
  readonly secret: string;
}

export const ownWords = (serial: number): OwnWords => {
  const text = serial.toString(36);
  return { own: `zq${text.padStart(7, '0')}`, secret: `sq${text.padStart(10, '0')}` };
};

/** Finds words of `ownWords`; nobody sends two thousand million requests. */
export const anyOwnWord = /\b(?:zq0[0-9a-z]{6}|sq0000[0-9a-z]{6})/;
export const anySecret = /sq0000[0-9a-z]{6}/;

/** What lives in the apps under test. */
export class Living {
  private readonly kept = new Map<LivingKind, string[]>();
  private told = 0;

  tell(kind: LivingKind, value: string): void {
    const values = this.kept.get(kind) ?? [];
    this.kept.set(kind, values);
    if (values.length < KEPT) values.push(value);
    else values[this.told++ % KEPT] = value;
  }

  /** What began with this has ended. */
  forget(beginning: string): void {
    for (const [kind, values] of this.kept)
      this.kept.set(
        kind,
        values.filter((value) => !value.startsWith(beginning)),
      );
  }

  /** Fills in a text's placeholders. */
  fill(text: string, words: OwnWords): string {
    if (!text.includes('{{')) return text;
    return text.replace(pattern, (whole, kind: string, index: string) => {
      if (kind === 'own' || kind === 'secret') return words[kind];
      const values = this.kept.get(kind as LivingKind) ?? [];
      return values[Number(index) % values.length] ?? absent[kind as LivingKind] ?? whole;
    });
  }
}

/** While nothing of a kind lives. */
const absent: Readonly<Record<LivingKind, string>> = {
  candidate: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
  application: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5b',
  merge: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c',
  field: 'visa-0',
  form: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5d',
  search: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5f',
  plan: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b62',
  ticket: 'dGlja2V0',
  pool: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c',
  segment: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c',
  past: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b60',
  history: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b61',
  member: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5c/members/6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
  note: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a/notes/6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5e',
  position: 'p1-0-0',
  etag: '"0"',
  address: 'nobody@example.org',
  cursor: 'eyJ2IjoxfQ',
  service: 'none',
  analyst: 'none',
  auditor: 'none',
  admin: 'none',
};
