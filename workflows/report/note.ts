import type { Directory, Language } from '../directory.ts'
import type { Entry } from '../event.ts'
import { mask } from '../mask/labels.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import type { Protocol } from '../protocol.ts'
import type { InLanguages } from '../taxonomy.ts'
import type { Moment } from './course.ts'

/** Who reads a report: their language, and which entries' words are for them. */
export type Reading = {
  readonly directory: Directory
  readonly language: Language
  readonly mayRead: (entry: Entry) => boolean
}

/** One thing that was answered or written with a moment; `asked` is the question, if there was one. */
export type Note = { readonly asked: InLanguages | null; readonly said: Param }

/** What was answered (codes and numbers by the names they have) and written with a moment, masked, in order. */
export function notesOf({ on, step, entry }: Moment, reading: Reading): readonly Note[] {
  const answers = on.type === 'step-done' ? (on.answers ?? {}) : {}
  const words = entry && reading.mayRead(entry) ? (entry.words ?? {}) : {}
  const masked = (text: string): Param => ({ words: mask(text, reading.language, reading.directory) })
  const asked = (step?.asks ?? []).flatMap((ask): Note[] => {
    const code = answers[ask.id]
    const typed = words[ask.id]
    if (typed) return [{ asked: ask.text, said: masked(typed) }]
    if (code === undefined || code === '') return []
    return [{ asked: ask.text, said: ask.choices.find(choice => choice.code === code)?.name ?? code }]
  })
  const known = new Set((step?.asks ?? []).map(ask => ask.id))
  const free = Object.entries(words).flatMap(([name, text]): Note[] =>
    known.has(name) || text === '' ? [] : [{ asked: null, said: masked(text) }],
  )
  return [...asked, ...free]
}

/** What a gate was answered, question by question, with what it needed; empty for anything else. */
export function gateNotes({ on }: Moment, protocol: Protocol | null): readonly Note[] {
  if (on.type !== 'gate-answered') return []
  const questions = protocol?.gates.find(gate => gate.id === on.gate)?.questions ?? []
  return Object.entries(on.answers).map(([id, answer]) => ({
    asked: questions.find(question => question.id === id)?.text ?? { en: id, es: id },
    said: phrase(`after.${answer}`),
  }))
}

/** The lessons that people marked with a #word where they were asked what they will change, each once. */
export function lessonsOf(moments: readonly Moment[], reading: Reading): readonly string[] {
  const written = moments.flatMap(({ on, entry }) =>
    on.type === 'step-done' && entry && reading.mayRead(entry) ? [entry.words?.['after-change'] ?? ''] : [],
  )
  const tags = written.flatMap(text => text.match(/(?<![\p{L}\p{N}#])#[\p{L}\p{N}][\p{L}\p{N}-]{0,39}/gu) ?? [])
  return [...new Set(tags.map(tag => tag.toLowerCase()))]
}

/** A note as one sentence. */
export function noteText({ asked, said }: Note): Phrase {
  return asked ? phrase('after.note-asked', { asked, said }) : phrase('after.note', { said })
}
