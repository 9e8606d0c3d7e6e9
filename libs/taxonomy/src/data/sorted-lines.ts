const TAB = 0x09;
const NEWLINE = 0x0a;

/**
 * Lines `key<tab>rest`, sorted by the bytes of the key, of which several may be equal. They stay one buffer outside the
 * heap and are searched by halving: 200,000 names of cities as a Map would take several times their bytes.
 */
export class SortedLines {
  constructor(private readonly lines: Buffer) {}

  /** What follows the key in each line that has it, in the order of the file. */
  find(key: string): string[] {
    const wanted = Buffer.from(key);
    const found: string[] = [];
    for (let start = this.firstNotBefore(wanted); start < this.lines.length;) {
      const end = this.endOfLine(start);
      const tab = this.lines.indexOf(TAB, start);
      if (this.lines.compare(wanted, 0, wanted.length, start, tab) !== 0) break;
      found.push(this.lines.toString('utf8', tab + 1, end));
      start = end + 1;
    }
    return found;
  }

  /** Where the first line begins whose key isn't less than the wanted one. */
  private firstNotBefore(wanted: Buffer): number {
    let low = 0;
    let high = this.lines.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = middle === 0 ? 0 : this.lines.lastIndexOf(NEWLINE, middle - 1) + 1;
      const tab = this.lines.indexOf(TAB, start);
      // Negative: the line's key is before the wanted one.
      if (this.lines.compare(wanted, 0, wanted.length, start, tab) < 0) low = this.endOfLine(start) + 1;
      else high = start;
    }
    return low;
  }

  private endOfLine(start: number): number {
    const end = this.lines.indexOf(NEWLINE, start);
    return end === -1 ? this.lines.length : end;
  }
}
