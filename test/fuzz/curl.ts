import type { SentRequest } from './sent-request.js';

const LONGEST = 4_000;
const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const isPrintable = (text: string): boolean => !/[\p{Cc}\ufffd]/u.test(text.replaceAll('\n', ''));

/** A command line that sends the request again, with what's very long cut short and keys left out. */
export const curlOf = ({ url, method, target, headers, body, wire }: SentRequest): string => {
  const text = body?.toString('utf8');
  const data =
    text === undefined
      ? ''
      : text.length <= LONGEST && isPrintable(text)
        ? ` --data-binary ${quote(text)}`
        : ` --data-binary @<(printf %s ${quote(body?.subarray(0, 300).toString('base64') ?? '')} | base64 -d) # ${body?.length} bytes in all`;
  const lines = headers.map(
    ([name, value]) => ` -H ${quote(`${name}: ${value.replace(/rk_[\w-]+/, '$KEY').slice(0, 300)}`)}`,
  );
  const how = wire ? ` # on the wire: ${wire.why}` : '';
  return `curl -sS --path-as-is -g -X ${method}${lines.join('')}${data} ${quote(`${url.origin}${target.slice(0, LONGEST)}`)}${how}`;
};
