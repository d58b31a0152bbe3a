/** Brackets within brackets up to which JSON is read; the deepest file of a study has a dozen. */
export const MOST_DEPTH = 100;

const CODES = { quote: 34, star: 42, slash: 47, open: 91, backslash: 92, close: 93, line: 10 };
const [OPEN_BRACE, CLOSE_BRACE] = [123, 125];

/**
 * Whether brackets stand in more brackets than MOST_DEPTH: what goes through a value from part to
 * part would run out of room. Text in quotes and comments are passed over.
 */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === CODES.quote) at = endOfWord(text, at);
    else if (code === CODES.slash) at = endOfComment(text, at);
    else if (code === CODES.open || code === OPEN_BRACE) depth += 1;
    else if (code === CODES.close || code === CLOSE_BRACE) depth -= 1;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}

/** What an error says is found in JSON that is too deep. */
export const TOO_DEEP = `more than ${MOST_DEPTH} brackets within one another`;

/** Where the quote is that ends a word; the text's end where there is none. */
function endOfWord(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === CODES.backslash) at += 1;
    else if (code === CODES.quote) return at;
    // No word goes on in another line; what ends there is no JSON, as its reader will say.
    else if (code === CODES.line) return at;
  }
  return text.length;
}

/** Where a comment ends that begins here; here where none does. */
function endOfComment(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  if (next !== CODES.slash && next !== CODES.star) return at;
  const end = next === CODES.slash ? text.indexOf("\n", at) : text.indexOf("*/", at + 2);
  return end < 0 ? text.length : end;
}
