import { randomBytes } from 'node:crypto'
import type { Request } from '../commands/command.ts'
import type { Values } from '../commands/form.ts'
import type { Directory } from '../workflows/directory.ts'
import { drillCode } from '../workflows/drill.ts'
import { type IncidentId, readIncidentId } from '../workflows/ids.ts'
import type { Actor } from '../workflows/permission.ts'
import type { Interaction } from './platform.ts'

/** Everything somebody can ask for by a command, however they ask; plain talk is none. */
export type Asking = Exclude<Interaction, { type: 'message' | 'edited' | 'deleted' }>

/** What was asked: the command's name, what it is about, and what came with it. */
export type Spoken = {
  readonly from: Request['from']
  readonly name: string
  readonly about: string
  readonly words: string
  readonly assumed: string
  readonly values: Values
}

/** Reads a typed line, a button's id or a form in the same terms. */
export function speak(interaction: Asking): Spoken {
  switch (interaction.type) {
    case 'command': {
      const words = interaction.words.trim()
      return { from: 'typed', name: interaction.name, about: '', words, assumed: '', values: {} }
    }
    case 'press': {
      const [name = '', about = '', assumed = ''] = interaction.button.split(':')
      return { from: 'press', name, about, words: '', assumed, values: {} }
    }
    case 'submission':
    case 'draft': {
      const [about = '', assumed = ''] = interaction.about.split(':')
      return { from: 'form', name: interaction.command, about, words: '', assumed, values: interaction.values }
    }
  }
}

/**
 * Takes the id that stands first: `AZ-0412 they left`, `az 412`. Only a region's letters make one, so that "at 5 they
 * left" is none.
 */
export function takeId(text: string, { regions }: Directory): { id: IncidentId | null; rest: string } {
  const [start = '', letters] = /^\s*#?([a-z]{2,5})[\s-]*\d{1,9}(?!\w)\s*/i.exec(text) ?? []
  const code = letters?.toUpperCase()
  // What is made up for an exercise has letters of its own.
  const known = code === drillCode || regions.some(region => region.code === code)
  const id = known ? readIncidentId(start) : null
  return id ? { id, rest: text.slice(start.length) } : { id: null, rest: text }
}

/**
 * A fresh id for a form that is opened now (epoch ms). It cannot be guessed, and it rises with time, so that the keys
 * of forms lie side by side in the database instead of all over it.
 */
export function newFormId(now: number): string {
  return now.toString(36) + randomBytes(15).toString('base64url')
}

/** The key under which it counts once for that person: a form's own id, else what the platform gave. */
export function keyOf(interaction: Asking, actor: Pick<Actor, 'id'>): string {
  return interaction.type === 'submission' ? `form:${interaction.form}:${actor.id}` : interaction.key
}

/** The words that came along, to be given back if they could not be kept; null if there were none. */
export function wordsOf(interaction: Interaction): string | null {
  if ('words' in interaction) return interaction.words || null
  if (!('values' in interaction)) return null
  const texts = Object.values(interaction.values).filter(value => typeof value === 'string' && value.length > 20)
  return texts.join('\n') || null
}
