import type { Language } from '../../directory.ts'
import type { PlatformName } from '../../ids.ts'
import { type Phrase, phrase, type Words } from '../../phrase.ts'
import { toolName } from '../../sight.ts'
import type { Reader } from '../../text/say.ts'
import type { Line } from '../../view.ts'
import { stopFooter } from '../../wish.ts'
import { languagesOf, type Meant } from '../audience/resolve.ts'
import { variablesIn } from '../message/variables.ts'
import { messageView } from '../message/view.ts'
import { languageFor } from '../message/words.ts'
import type { Pieces } from './estimate.ts'
import { type Shown, shownOn } from './fit.ts'
import type { Around, Planned } from './view.ts'

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
 * Each language that somebody gets it in: the words once, as the first platform shows them, and what each platform
 * makes of them. Variables are filled for one of its readers, who is named.
 */
export function shownLines(planned: Planned, meant: readonly Meant[], around: Around): Line[] {
  return byLanguage(planned, meant, around, (examples, words) => {
    const [first] = examples
    if (!first) return []
    return [
      ...first.shown.messages.map(quoted),
      ...asReadBy(first, words),
      ...[
        ...Map.groupBy(examples, ({ shown: { buttons, numbers, messages } }) =>
          JSON.stringify([buttons, numbers, messages.slice(1)]),
        ).values(),
      ].flatMap(platformLine),
    ]
  })
}

/** The same as one platform shows it, word for word; nothing where nobody gets it there. */
export function shownThere(
  platform: PlatformName,
  planned: Planned,
  meant: readonly Meant[],
  around: Around,
): readonly Line[] {
  const there = meant.filter(one => one.platform === platform)
  return byLanguage(planned, there, around, (examples, words) =>
    examples.flatMap(one => [...one.shown.messages.map(quoted), ...buttonLines(one.shown), ...asReadBy(one, words)]),
  )
}

// Where there are buttons the words stand alone.
const order: readonly PlatformName[] = ['slack', 'discord', 'workspace', 'signal']

/** One reader of a language, and what a platform that somebody reads it on shows them. */
type Example = { readonly platform: PlatformName; readonly one: Meant; readonly shown: Shown }

function byLanguage(
  planned: Planned,
  meant: readonly Meant[],
  around: Around,
  draw: (examples: readonly Example[], words: string) => readonly Line[],
): Line[] {
  const { plan } = planned
  const going = meant.filter(one => one.state === 'waiting')
  const getting = Map.groupBy(going, one => languageFor(plan.words, one.language, around.directory))
  return languagesOf(plan).flatMap((language): Line[] => {
    const words = plan.words[language] ?? ''
    const readers = getting.get(language) ?? []
    const title = phrase('preview.words', { language: phrase(`audience.name-${language}`), count: readers.length })
    const lines = draw(examplesOf(language, readers, planned, around), words)
    // Words that nobody gets are still shown as they were written.
    return [{ type: 'strong', text: title }, ...(readers.length === 0 ? [quoted(words)] : lines)]
  })
}

/** The same reader everywhere, so that only what the platforms do differs; a person, if there is one. */
function examplesOf(language: Language, readers: readonly Meant[], planned: Planned, around: Around): Example[] {
  const own = readers.filter(one => one.language === language)
  const among = own.length > 0 ? own : readers
  const one = among.find(each => each.person !== null) ?? among[0]
  if (!one) return []
  const platforms = order.filter(platform => readers.some(each => each.platform === platform))
  return platforms.flatMap(platform => {
    const shown = shownTo(one, platform, planned, around)
    return shown ? [{ platform, one, shown }] : []
  })
}

function platformLine(alike: readonly Example[]): readonly Line[] {
  const [example] = alike
  if (!example) return []
  const { messages, buttons, numbers } = example.shown
  const [, second] = messages
  const how =
    second === undefined
      ? phrase('preview.one')
      : phrase('preview.parted', { count: messages.length, start: { words: startOf(second) } })
  const params = { tools: alike.map(({ platform }) => toolName(platform)), how }
  if (buttons.length > 0) return [item(phrase('preview.pressed', { ...params, labels: bracketed(buttons) }))]
  if (numbers.length > 0) return [item(phrase('preview.numbered', { ...params, labels: worded(numbers) }))]
  return [item(phrase('preview.made', params))]
}

function item(text: Phrase): Line {
  return { type: 'item', text }
}

function startOf(text: string): string {
  return text.length <= start
    ? text
    : `${text
        .slice(0, start)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
}

const start = 40

function quoted(text: string): Line {
  return { type: 'quote', text: { words: text } }
}

function asReadBy({ one }: Example, words: string): Line[] {
  // What is the same for all needs no name.
  const own = variablesIn(words).known.some(name => name === 'name' || name === 'region')
  if (one.person === null || !own) return []
  return [{ type: 'note', text: phrase('preview.as-read-by', { person: { person: one.person } }) }]
}

function buttonLines({ buttons }: Shown): Line[] {
  return buttons.length > 0 ? [{ type: 'note', text: phrase('preview.buttons', { labels: bracketed(buttons) }) }] : []
}

function bracketed(labels: readonly string[]): Words[] {
  return labels.map(words => ({ words: `[ ${words} ]` }))
}

function worded(labels: readonly string[]): Words[] {
  return labels.map(words => ({ words }))
}

function shownTo(one: Meant, platform: PlatformName, planned: Planned, around: Around): Shown | null {
  const view = messageView(planned, one, around.directory)
  if (!view || one.person === null) return view && shownOn(platform, view, readerFor(one.language, around))
  const { lines, buttons } = stopFooter(planned.plan.urgency === 'life-safety', platform === 'signal')
  const whole = { ...view, lines: [...view.lines, ...lines], buttons: [...view.buttons, ...buttons] }
  return shownOn(platform, whole, readerFor(one.language, around))
}

function readerFor(language: Language, { directory, now }: Around): Reader {
  const person: Reader['person'] = id => directory.people.get(id)?.callsign ?? null
  return { language, zone: directory.zone, now, person }
}
