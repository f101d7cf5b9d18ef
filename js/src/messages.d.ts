/** The placeholders of a message: of `"{n} of {of}"` they are `"n" | "of"`. */
export type Names<Text extends string> =
  Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** What stands in the places of a message. */
export type Values<Text extends string> = Record<Names<Text>, string | number>;

/** A message in another language: a text, or one for each plural category of that language (CLDR). */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;

/** English -> the message; of a plural, the English for one. Under "" stands which language it is. */
export type Catalogue = { "": { lang: string } } & Record<string, Message | { lang: string }>;
