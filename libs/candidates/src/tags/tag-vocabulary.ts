/** The tags that come with Rapport. A business names its own in the file that RAPPORT_TAGS_FILE points to. */
export const defaultTags = [
  'alumni',
  'boomerang',
  'campus',
  'diversity-event',
  'executive',
  'intern',
  'manager',
  'open-source',
  'relocation-ok',
  'remote-only',
  'silver-medallist',
  'speaker',
] as const;

const kebabCase = (tag: string): string => tag.toLowerCase().replace(/[\s_]+/g, '-');

/** The controlled list: what may be stored in the clear, since it says nothing that only one person could be. */
export class TagVocabulary {
  private readonly controlled: ReadonlySet<string>;

  /** Throws for a tag that isn't kebab-case. */
  constructor(tags: readonly string[] = defaultTags) {
    const bad = tags.find((tag) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(tag) || tag.length > 60);
    if (bad !== undefined) throw new Error('Tags of the controlled list are kebab-case, up to 60 characters.');
    this.controlled = new Set(tags);
  }

  /**
   * For taking tags away: each as a controlled and as a free one, since the list may have been another
   * when the tag was given.
   */
  eitherWay(tags: readonly string[]): { tags: string[]; freeTags: string[] } {
    const texts = tags.map((text) => text.trim());
    return { tags: [...new Set(texts.map(kebabCase))], freeTags: [...new Set(texts)] };
  }

  /** "Silver Medallist" is the controlled tag `silver-medallist`; what the list doesn't have is a free tag. */
  split(tags: readonly string[]): { tags: string[]; freeTags: string[] } {
    const result = { tags: new Set<string>(), freeTags: new Set<string>() };
    for (const text of tags) {
      const tag = text.trim();
      const controlled = kebabCase(tag);
      if (this.controlled.has(controlled)) result.tags.add(controlled);
      else if (tag !== '') result.freeTags.add(tag);
    }
    return { tags: [...result.tags], freeTags: [...result.freeTags] };
  }
}
