/** A sentence with `{name}` places; where a count decides the form, one text for one and another for more. */
export type Template = string | { readonly one: string; readonly other: string }

/** The same keys as an English table, each with a sentence of its own. */
export type Translated<Table> = { readonly [Key in keyof Table]: Template }
