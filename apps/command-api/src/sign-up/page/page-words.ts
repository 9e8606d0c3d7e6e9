/** Title and text of a page that only says something. */
export type Said = readonly [title: string, text: string];

/** What the pages say, in a language. */
export interface PageWords {
  readonly email: string;
  readonly name: string;
  readonly optional: string;
  readonly topics: string;
  readonly consents: string;
  /** `{purpose}` and `{channel}` are filled in. */
  readonly consent: string;
  readonly purposes: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
  readonly submit: string;
  readonly privacy: string;
  readonly leaveEmpty: string;
  readonly confirm: string;
  readonly confirmQuestion: string;
  readonly agreeing: string;
  readonly interests: string;
  readonly errors: {
    readonly summary: string;
    readonly email: string;
    readonly name: string;
    readonly consents: string;
    readonly tooFast: string;
    readonly outdated: string;
    readonly other: string;
  };
  readonly sent: Said;
  readonly confirmed: Said;
  readonly linkGone: Said;
  readonly unknown: Said;
  readonly closed: Said;
  readonly tooMany: Said;
  readonly unavailable: Said;
}
