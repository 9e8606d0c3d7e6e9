/** What a process is told by its environment. */
type Environment = Readonly<Record<string, string | undefined>>;

/** What a variable says. One that's empty isn't set: so compose files and shells hand on what nobody has set. */
export const textSetting = (env: Environment, name: string): string | undefined => env[name]?.trim() || undefined;

export interface Bounds {
  readonly from: number;
  readonly to: number;
  /** Of what: `days`. */
  readonly what?: string;
  readonly whole?: boolean;
}

/** As `textSetting`, a number. Throws an Error that says the name and what it must be: then the process doesn't start. */
export const numberSetting = (
  env: Environment,
  name: string,
  { from, to, what, whole = false }: Bounds,
): number | undefined => {
  const text = textSetting(env, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value >= from && value <= to && (!whole || Number.isInteger(value))) return value;
  const kind = `${whole ? 'whole number' : 'number'}${what === undefined ? '' : ` of ${what}`}`;
  throw new Error(`${name} must be a ${kind} from ${from} to ${to}.`);
};
