import type { Directory } from './directory.ts'
import { RuleError } from './errors.ts'
import type { EntryWords, IncidentEvent } from './event.ts'
import type { Actor } from './permission.ts'
import { type Param, type PhraseKey, phrase } from './phrase.ts'
import type { Clocks, Severity, Taxonomy } from './taxonomy.ts'
import { clocksFor } from './taxonomy.ts'

/** What a decision may look at besides the incident: the time (epoch ms), who acts (null: a clock) and the network. */
export type Context = {
  readonly now: number
  readonly actor: Actor | null
  readonly taxonomy: Taxonomy
  readonly directory: Directory
}

/** One thing that happens, with people's words about it; `by: null` says that the hub does it, not the actor. */
export type Decision = { readonly event: IncidentEvent; readonly words?: EntryWords; readonly by?: null }

/** One minute in milliseconds. */
export const minute = 60_000

/** A decision by the actor; words that are empty are left out. */
export function happen(event: IncidentEvent, words: EntryWords = {}): Decision {
  const given = Object.entries(words).filter(([, text]) => text !== '')
  return given.length > 0 ? { event, words: Object.fromEntries(given) } : { event }
}

/** A decision of the hub itself, also when somebody's act brought it about. */
export function follow(event: IncidentEvent): Decision {
  return { event, by: null }
}

/** Who acts; an act without an actor is a bug, because only clocks have none. */
export function actorOf(context: Context): Actor {
  if (!context.actor) throw new Error('only a clock acts without an actor')
  return context.actor
}

/** The clocks of a severity in minutes. */
export function clocksOf(severity: Severity, context: Context): Clocks {
  return clocksFor(context.taxonomy, severity)
}

/** The refusal of a rule, ready to be thrown. */
export function no(key: PhraseKey, params: Readonly<Record<string, Param>>): RuleError {
  return new RuleError(phrase(key, params))
}

/** A severity as people read it: `S4`. */
export function severityName(severity: Severity): string {
  return `S${severity}`
}
