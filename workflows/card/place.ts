import type { CardContext } from '../card.ts'
import { countyName } from '../county.ts'
import { type Directory, regionName } from '../directory.ts'
import type { CurrentWords, Incident } from '../incident.ts'
import { mask } from '../mask/labels.ts'
import { type Phrase, phrase, type Text } from '../phrase.ts'
import { stateOf } from '../places/states.ts'
import { say } from '../text/say.ts'
import { wordsOf } from '../words.ts'

/** Where it is: the county, and what people called the place as far as that says more; or what is still asked. */
export function placeText(incident: Incident, words: CurrentWords, context: CardContext): Text {
  if (incident.place.state === 'asked') return askedText(incident, words, context)
  const county = countyText(incident, context.directory)
  const told = say(county, { language: 'en', zone: 'UTC', now: 0, person: () => null })
  if (!words.where || saysNoMore(words.where, told, incident.place.usState)) return county
  return phrase('card.place', { county, where: { words: mask(words.where, context.language, context.directory) } })
}

/** County and state as far as known, else the region it stands with, or that the place is still asked. */
export function countyText(incident: Incident, directory: Directory): Phrase {
  const { county, usState, state } = incident.place
  const named = usState && (stateOf(usState)?.name ?? usState)
  if (county && named) return phrase('card.county', { county: countyName(county), state: named })
  if (state === 'asked') return phrase('card.place-asked')
  return phrase('card.region', { region: named ?? regionName(directory, incident.region) })
}

function askedText(incident: Incident, { where }: CurrentWords, { directory, language }: CardContext): Phrase {
  const region = regionName(directory, incident.region)
  return where
    ? phrase('card.place-asked-where', { region, where: { words: mask(where, language, directory) } })
    : phrase('card.place-asked-alone', { region })
}

// "Pima County, Arizona" need not stand there twice, nor "Pima County, AZ" or "condado de Pima" beside it.
function saysNoMore(where: string, county: string, usState: string | null): boolean {
  const state = usState === null ? undefined : stateOf(usState)
  const names = [county, usState ?? '', ...(state ? [...state.also, ...state.short] : []), 'condado de']
  const known = new Set(wordsOf(names.join(' ')).map(word => word.text))
  return wordsOf(where).every(word => known.has(word.text))
}
