import type { LocalText } from '../broadcast.ts'
import type { Wording } from '../library.ts'

/** The names of what must be filled in, as in `[fact]`, each once, in their order. */
export function blanksIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(blank)].map(found => found[1] ?? ''))]
}

/** True if something in these words must be filled in before anybody reads them. */
export function hasBlanks(words: LocalText): boolean {
  return Object.values(words).some(text => blanksIn(text ?? '').length > 0)
}

/** The words with what was given for each blank, in each language; a blank without a filling stays as it is. */
export function filled(words: LocalText, fillings: Readonly<Record<string, LocalText>>): LocalText {
  return Object.fromEntries(
    (['en', 'es'] as const).flatMap(language => {
      const text = words[language]
      if (text === undefined) return []
      const whole = text.replace(blank, (hole, name: string) => {
        const given = fillings[name]?.[language]?.trim()
        return given === undefined || given === '' ? hole : given
      })
      return [[language, tidy(whole)]]
    }),
  )
}

/** The same wordings with what was given for their blanks. */
export function filledAll(
  wordings: readonly Wording[],
  fillings: Readonly<Record<string, LocalText>>,
): readonly Wording[] {
  return wordings.map(one => ({ ...one, words: filled(one.words, fillings) }))
}

const blank = /\[([a-z][a-z0-9-]{0,19})\]/g

// Whoever fills in a whole sentence ends it; so does the sentence that it stands in.
const tidy = (text: string) => text.replace(/([.!?])\.(?!\.)/g, '$1')
