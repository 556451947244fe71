import type { Language } from '../directory.ts'
import type { PlatformName } from '../ids.ts'
import { phrase } from '../phrase.ts'
import { toolName } from '../sight.ts'
import type { Reader } from '../text/say.ts'
import type { Line } from '../view.ts'
import type { Pieces } from './estimate.ts'
import { type Shown, shownOn } from './fit.ts'
import { messageView } from './message.ts'
import type { Around, Planned } from './preview.ts'
import { languagesOf, type Meant } from './resolve.ts'
import { variablesIn } from './variables.ts'
import { languageFor } from './words.ts'

/** How many messages a broadcast makes on each platform in each language, counted once each. */
export function piecesOf(planned: Planned, meant: readonly Meant[], around: Around): Pieces {
  const known = new Map<string, number>()
  const example = new Map<string, Meant>()
  for (const one of meant) {
    const key = `${one.platform} ${one.language}`
    if (!example.has(key)) example.set(key, one)
  }
  return (platform, language) => {
    const key = `${platform} ${language}`
    const found = known.get(key)
    if (found !== undefined) return found
    const one = example.get(key)
    const count = (one && shownTo(one, platform, planned, around)?.messages.length) ?? 1
    known.set(key, count)
    return count
  }
}

/**
 * Each language that somebody gets it in, as each platform will show it: platforms that show the same stand together.
 * Variables are filled for one of its readers, who is named.
 */
export function shownLines(planned: Planned, meant: readonly Meant[], around: Around): Line[] {
  const { plan } = planned
  const going = meant.filter(one => one.state === 'waiting')
  const getting = Map.groupBy(going, one => languageFor(plan.words, one.language, around.directory))
  return languagesOf(plan).flatMap(language => {
    const readers = getting.get(language) ?? []
    const title = phrase('preview.words', { language: phrase(`audience.name-${language}`), count: readers.length })
    return [{ type: 'strong', text: title }, ...languageLines(language, readers, planned, around)]
  })
}

function languageLines(language: Language, readers: readonly Meant[], planned: Planned, around: Around): Line[] {
  const { plan } = planned
  const words = plan.words[language] ?? ''
  // Words that nobody gets are still shown as they were written.
  if (readers.length === 0) return [{ type: 'quote', text: { words } }]
  const own = readers.filter(one => one.language === language)
  const examples = [...Map.groupBy(own.length > 0 ? own : readers, one => one.platform)].flatMap(([platform, [one]]) =>
    platform && one ? [{ platform, one, shown: shownTo(one, platform, planned, around) }] : [],
  )
  const filled = variablesIn(words).known.length > 0
  return [...Map.groupBy(examples, ({ shown }) => JSON.stringify(shown?.messages))].flatMap(([, alike]): Line[] => {
    const [first] = alike
    if (!first?.shown) return []
    const params = { tools: alike.map(one => toolName(one.platform)), count: first.shown.messages.length }
    const who = first.one.person
    return [
      { type: 'note', text: phrase('preview.on', params) },
      ...first.shown.messages.map((text): Line => ({ type: 'quote', text: { words: text } })),
      ...buttonLines(first.shown),
      ...(filled && who
        ? [{ type: 'note', text: phrase('preview.as-read-by', { person: { person: who } }) } as const]
        : []),
    ]
  })
}

function buttonLines({ buttons }: Shown): Line[] {
  const labels = buttons.map(words => ({ words: `[ ${words} ]` }))
  return labels.length > 0 ? [{ type: 'note', text: phrase('preview.buttons', { labels }) }] : []
}

function shownTo(one: Meant, platform: PlatformName, planned: Planned, around: Around): Shown | null {
  const view = messageView(planned, one, around.directory)
  return view && shownOn(platform, view, readerFor(one.language, around))
}

function readerFor(language: Language, { directory, now }: Around): Reader {
  const person: Reader['person'] = id => directory.people.get(id)?.callsign ?? null
  return { language, zone: directory.zone, now, person }
}
