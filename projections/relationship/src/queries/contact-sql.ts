import type { Parameters } from '#libs/read-store';

/** Whether `t.candidate_id` may be contacted for the purpose on the channel, about anything, as SQL that's true or false. */
export const contactSql = (
  { purpose, channel }: { readonly purpose: string; readonly channel: string },
  now: Date,
  p: Parameters,
): string => {
  const at = `${p.add(now)}::timestamptz`;
  return (
    `EXISTS (SELECT FROM read.contact_permissions c WHERE c.candidate_id = t.candidate_id AND c.occasion = ${p.add(`${purpose}/${channel}`)} ` +
    `AND c.allowed_from <= ${at} AND (c.allowed_until IS NULL OR c.allowed_until > ${at}))`
  );
};
