import type { Incident } from '../incident.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { runTitle } from '../run/naming.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { type Course, isOver, lateBy, type Moment } from './course.ts'
import { gateNotes, lessonsOf, notesOf, noteText, type Reading } from './note.ts'
import { stepOf, whatOf } from './what.ts'

/** A run of an incident, and what the clocks of whoever reads are called. */
export type Reported = { readonly incident: Incident; readonly course: Course; readonly zone: string }

/**
 * What a run was, to be read, the page of that number (from 1): when, who led, what was in time, late, skipped and left
 * open; then what happened in order, with who did it, how late, why, what gates were told, and who was called.
 */
export function reportView(reported: Reported & { readonly page: number }, reading: Reading): View {
  const { incident, course, page } = reported
  const pages = paged(blocksOf(course, reading))
  const at = Math.min(Math.max(1, page), Math.max(1, pages.length))
  const foot = pages.length > 1 ? [note(phrase('after.page', { page: String(at), pages: String(pages.length) }))] : []
  return {
    ...titled(reported),
    lines: [...(at === 1 ? sumLines(course, reported.zone, reading) : []), ...(pages[at - 1] ?? []), ...foot],
    buttons: [...(at < pages.length ? [next(incident, course, at + 1)] : []), table(incident, course)],
  }
}

/** The same as one piece, for paper or a terminal. */
export function reportPages(reported: Reported, reading: Reading): View {
  const { course, zone } = reported
  return {
    ...titled(reported),
    lines: [...sumLines(course, zone, reading), ...blocksOf(course, reading).flat()],
    buttons: [],
  }
}

function titled({ incident, course }: Reported): Pick<View, 'tone' | 'title'> {
  const { run, protocol } = course
  const title = protocol ? runTitle({ run, protocol }) : phrase('after.title-unknown', { run: run.id })
  return { tone: 'plain', title: phrase('after.title', { title, id: incident.id }) }
}

function blocksOf(course: Course, reading: Reading): readonly (readonly Line[])[] {
  return course.moments.filter(moment => !quiet.has(moment.on.type)).map(moment => linesOf(moment, course, reading))
}

// Reminders are what the hub does all day; whoever needs each of them reads the table.
const quiet = new Set<Moment['on']['type']>(['step-reminded', 'step-held', 'step-snoozed'])
// With title, sums and buttons that stays below what the tightest tool takes (4,000 characters, 40 parts).
const most = { characters: 2_600, lines: 14 }

function sumLines({ run, moments }: Course, zone: string, reading: Reading): readonly Line[] {
  const tags = lessonsOf(moments, reading)
  const done = moments.filter(({ on }) => on.type === 'step-done' && !on.part)
  const late = done.filter(moment => (lateBy(moment) ?? 0) > 0)
  const count = (type: Moment['on']['type']) => moments.filter(({ on }) => on.type === type).length
  const refused = moments.filter(({ on }) => on.type === 'gate-answered' && !on.passed).length
  const started = {
    time: { date: run.startedAt },
    person: run.startedBy ? { person: run.startedBy } : phrase('hub.the-hub'),
  }
  const facts: readonly (Phrase | null)[] = [
    phrase('after.started', { ...started, zone }),
    run.endedAt === null
      ? phrase(run.status === 'paused' ? 'after.paused' : 'after.running')
      : phrase(run.status === 'done' ? 'after.done' : 'after.stopped', { time: { date: run.endedAt } }),
    phrase('after.sum-done', { count: done.length, late: String(late.length) }),
    count('step-skipped') > 0 ? phrase('after.sum-skipped', { count: count('step-skipped') }) : null,
    count('open') > 0 ? phrase(isOver(run) ? 'after.sum-open' : 'after.sum-waits', { count: count('open') }) : null,
    refused > 0 ? phrase('after.sum-refused', { count: refused }) : null,
    tags.length > 0 ? phrase('after.lessons', { tags: { words: tags.join(' ') } }) : null,
  ]
  return [...facts.flatMap((text): Line[] => (text ? [{ type: 'strong', text }] : [])), { type: 'rule' }]
}

function linesOf(moment: Moment, { run, protocol }: Course, reading: Reading): readonly Line[] {
  const { at, by, due, on } = moment
  const step = stepOf(moment, run)
  const what = whatOf(moment, run, protocol)
  const late = lateBy(moment)
  const person: Param = by ? { person: by } : phrase('hub.the-hub')
  const params = { time: { time: at ?? 0 }, due: { time: due ?? 0 }, what, step: step ?? '', person }
  const lateness: Param = on.type !== 'step-done' && on.type !== 'step-skipped' ? '' : lateText(late)
  const text =
    on.type === 'open'
      ? phrase(due === null ? 'after.line-open' : 'after.line-open-due', params)
      : phrase(step ? 'after.line-step' : 'after.line', { ...params, late: lateness })
  const notes = [...gateNotes(moment, protocol), ...notesOf(moment, reading)]
  return [{ type: 'text', text }, ...notes.map((one): Line => ({ type: 'quote', text: noteText(one) }))]
}

function lateText(late: number | null): Param {
  if (late === null) return ''
  return late === 0 ? phrase('after.in-time') : phrase('after.late', { minutes: { minutes: late } })
}

/** Blocks of lines on pages, none of which is longer than a message; a block is never parted unless it must be. */
function paged(blocks: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const pages: Line[][] = []
  let room = { characters: 0, lines: 0 }
  for (const block of blocks) {
    const size = block.reduce((sum, line) => sum + weight(line), 0)
    if (room.characters < size || room.lines < block.length) {
      pages.push([])
      room = { ...most }
    }
    pages.at(-1)?.push(...block)
    room = { characters: room.characters - size, lines: room.lines - block.length }
  }
  return pages
}

// About what a line takes: its words and its names; a sentence of ours is counted as two hundred.
function weight(line: Line): number {
  if (!('text' in line)) return 10
  const said = JSON.stringify(line.text)
  return Math.min(1_000, 120 + (said.match(/"words":"((?:[^"\\]|\\.)*)"/)?.[1]?.length ?? 0))
}

function note(text: Phrase): Line {
  return { type: 'note', text }
}

function next({ id }: Incident, { run }: Course, page: number): Button {
  return { id: buttonId('after', id, `${run.id}.${page}`), label: phrase('after.button-next') }
}

function table({ id }: Incident, { run }: Course): Button {
  return { id: buttonId('after', id, `${run.id}.table`), label: phrase('after.button-table') }
}
