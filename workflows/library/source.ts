import { braced, fillVariables, variablesIn } from '../broadcast/message/variables.ts'
import type { Broadcast, LocalText } from '../broadcast.ts'
import type { Directory } from '../directory.ts'
import type { BroadcastId, MessageId, RegionCode } from '../ids.ts'
import { isStale, type KeptMessage, type Voice, wordingFor } from '../library.ts'
import type { Messenger } from '../messenger.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { hasBlanks } from './blank.ts'

/** Approved words that a messenger can be given, whatever they come from. */
export type Source = {
  readonly message: MessageId | null
  readonly version: number | null
  readonly broadcast: BroadcastId | null
  readonly title: LocalText
  readonly voices: readonly Voice[]
  readonly avoid: LocalText
  readonly rumour: boolean
  readonly stale: boolean
  /** The words for that messenger; null where there are none for people outside. */
  readonly words: (messenger: Messenger) => LocalText | null
}

/** The words of a message; or why nobody can carry it yet. */
export function fromMessage(message: KeptMessage, now: number): Source | Phrase {
  const { id, version, state, title, wordings, voice, avoid, situation } = message
  if (wordings.some(one => hasBlanks(one.words))) return phrase('kit.blanks', { id })
  if (state !== 'approved') return phrase('kit.unapproved', { id })
  const outside = wordings.filter(one => one.for !== 'network')
  if (outside.length === 0) return phrase('kit.not-public', { id })
  return {
    ...{ message: id, version, broadcast: null, title, voices: voice.kinds, avoid },
    rumour: situation === 'rumour',
    stale: isStale(message, now),
    words: ({ kinds }) => {
      const own = kinds.flatMap(kind => outside.find(one => one.for === kind) ?? [])[0]
      return (own ?? wordingFor({ wordings: outside }, 'public'))?.words ?? null
    },
  }
}

/** The words of a broadcast that was approved for people outside; or why nobody can carry them. */
export function fromBroadcast({ id, state, plan, drill }: Broadcast, message: KeptMessage | null): Source | Phrase {
  if (drill !== undefined) return phrase('kit.drill', { id })
  if (!approved.has(state)) return phrase('kit.not-approved-broadcast', { id })
  if (!plan.public) return phrase('kit.not-public', { id })
  return {
    ...{ message: plan.from?.message ?? null, version: plan.from?.version ?? null, broadcast: id },
    title: { en: plan.title, es: plan.title },
    voices: message?.voice.kinds ?? ['anyone'],
    avoid: message?.avoid ?? {},
    rumour: message?.situation === 'rumour',
    stale: false,
    words: () => plan.words,
  }
}

/** The words as the messenger says them in that region: no variable is left in them. */
export function spokenIn(words: LocalText, region: RegionCode | null, directory: Directory): LocalText {
  const reads = { person: null, room: null, region }
  const plan = { incident: null, defaults: {} }
  return Object.fromEntries(
    Object.entries(words).map(([language, text]) => [language, fillVariables(text ?? '', reads, plan, directory)]),
  )
}

/** The variables in words that nothing can fill in for a messenger: they would leave a hole in a sentence. */
export function unfilled(words: LocalText, { hotline }: Pick<Directory, 'hotline'>): readonly string[] {
  const named = Object.values(words).flatMap(text => variablesIn(text ?? '').known)
  return [...new Set(named)].filter(name => name !== 'region' && !(name === 'hotline' && hotline)).map(braced)
}

/** True if it is meant to be carried by somebody like them. */
export function isTheirVoice({ voices }: Pick<Source, 'voices'>, { kinds }: Pick<Messenger, 'kinds'>): boolean {
  return voices.includes('anyone') || kinds.some(kind => voices.includes(kind))
}

const approved: ReadonlySet<string> = new Set(['approved', 'sending', 'paused', 'sent'])
