/** What a docstring says, part by part, each as Markdown. */
export interface Docstring {
  readonly text: string;
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  readonly returns: string | null;
  readonly throws: readonly string[];
}

/** Takes a comment apart: what stands before the first tag, then the tags. */
export function docstring(comment: string): Docstring {
  const plain = comment
    .replace(/^\s*\/\*\*/, "")
    .replace(/\*\/\s*$/, "")
    .replace(/^[^\S\n]*\* ?/gm, "");
  const [text, ...tags] = plain.split(/^@(?=\w)/m).map((part) => part.trim());
  const of = (tag: string) =>
    tags.flatMap((part) => {
      const [, name, said] = /^(\w+)\s*([\s\S]*)$/.exec(part) ?? [];
      return name === tag ? [said] : [];
    });
  return {
    text,
    parameters: of("param").map((said) => {
      const [, name, what] = /^(\S+)\s*([\s\S]*)$/.exec(said) ?? [];
      return { name, text: what };
    }),
    returns: of("returns")[0] ?? null,
    throws: of("throws"),
  };
}
