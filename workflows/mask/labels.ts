import type { Directory, Language } from '../directory.ts'
import { type MaskLabels, maskWords } from '../mask.ts'
import { type PhraseKey, phrase } from '../phrase.ts'
import { say } from '../text/say.ts'

/** Numbers, addresses, names of the roster and the like in people's words, replaced by what they are. */
export function mask(words: string, language: Language, { names }: Pick<Directory, 'names'>): string {
  return maskWords(words, labels(language), names)
}

function labels(language: Language): MaskLabels {
  const reader = { language, zone: 'UTC', now: 0, person: () => null }
  const label = (key: PhraseKey) => say(phrase(key), reader)
  return {
    phone: label('card.mask-phone'),
    email: label('card.mask-email'),
    address: label('card.mask-address'),
    plate: label('card.mask-plate'),
    name: label('card.mask-name'),
    link: site => say(site ? phrase('card.mask-link-on', { site }) : phrase('card.mask-link'), reader),
  }
}
