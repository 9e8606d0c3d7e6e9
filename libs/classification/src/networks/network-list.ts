import { err, ok, type Result } from '#libs/kernel';
import { networkOf, type AddressRange } from './address.js';

/** Where in a list something is wrong: a line, or the place in a JSON document. */
export interface ListFault {
  readonly where: string;
  readonly what: string;
}

interface Entry {
  readonly where: string;
  readonly text: unknown;
}

/** What holds a network in `ip-ranges.json` of AWS, in `cloud.json` of Google, and in Azure's file of service tags. */
const keys = new Set(['ip_prefix', 'ipv6_prefix', 'ipv4Prefix', 'ipv6Prefix', 'addressPrefixes']);

function* ofJson(value: unknown, where: string, isNetwork: boolean): Generator<Entry> {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* ofJson(item, `${where}[${index}]`, isNetwork);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      yield* ofJson(item, where === '' ? key : `${where}.${key}`, keys.has(key));
  else if (isNetwork) yield { where, text: value };
}

const ofLines = (text: string): Entry[] =>
  text.split('\n').flatMap((line, index) => {
    const said = line.replace(/#.*/, '').trim();
    return said === '' ? [] : [{ where: `line ${index + 1}`, text: said }];
  });

const rangesOf = (entries: Iterable<Entry>): Result<AddressRange[], ListFault> => {
  const ranges: AddressRange[] = [];
  for (const { where, text } of entries) {
    const range = networkOf(typeof text === 'string' ? text : '');
    if (!range.ok) return err({ where, what: range.error });
    ranges.push(range.value);
  }
  return ok(ranges);
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

/** The networks of a list: one a line, with comments from `#` on, or a JSON document of AWS, Google or Azure. */
export const networksIn = (list: string): Result<readonly AddressRange[], ListFault> => {
  const text = list.trim();
  if (!/^[[{]/.test(text)) return rangesOf(ofLines(list));
  const document = parsed(text);
  if (document === undefined) return err({ where: 'the document', what: "isn't JSON" });
  const ranges = rangesOf(ofJson(document, '', false));
  // A format that changed would otherwise be a list on which nobody is.
  if (ranges.ok && ranges.value.length === 0)
    return err({ where: 'the document', what: `names no network under ${[...keys].join(', ')}` });
  return ranges;
};
