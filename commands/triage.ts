import type { Rule } from '../workflows/batch.ts'
import { button as plainButton, triageButton } from '../workflows/button.ts'
import { whoIs } from '../workflows/callsign.ts'
import type { PersonId } from '../workflows/ids.ts'
import { type Incident, isQueued } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import { noneTaken, splitFor } from '../workflows/triage/alone.ts'
import { type Deed, readPress, readTyped, type TriageAsked } from '../workflows/triage/asked.ts'
import { blockedView, mayBlock } from '../workflows/triage/block.ts'
import { work } from '../workflows/triage/deed.ts'
import { doneLines, sureView } from '../workflows/triage/list.ts'
import { goOn, type Where } from '../workflows/triage/on.ts'
import { mayTriage } from '../workflows/triage.ts'
import { buttonId, type Line } from '../workflows/view.ts'
import {
  type Context,
  type Doing,
  defineCommand,
  type Leasing,
  type Reply,
  type Request,
  refuse,
  tell,
} from './command.ts'

/** Looks through what waits, twenty at a time: passed on, set aside, merged or put right, one press each. */
export const triage = defineCommand({
  name: 'triage',
  summary: 'command.triage',
  usage: 'usage.triage',
  permission: 'work',
  about: 'maybe-incident',
  verb: true,
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { actor, read, now } = context
    const id = request.incident?.incident.id ?? null
    const asked = request.from === 'press' ? readPress(request.assumed, id) : readTyped(request.words, id)
    if (asked.type === 'item' && request.incident) return item(asked, request, context)
    if (!mayTriage(actor, read.directory, now)) return refuse('triage.duty')
    return queue(asked, context)
  },
})

async function item(
  asked: Extract<TriageAsked, { type: 'item' }>,
  request: Request,
  context: Context,
): Promise<Doing | Leasing | Reply> {
  const { actor } = context
  const incident = request.incident?.incident as Incident
  const { id } = incident
  if (incident.reporter === actor.id) return refuse('triage.own', { id })
  if (asked.do === 'next') return lease(context, { type: 'after', id })
  if (asked.do === 'block') return block(incident.reporter, asked.value, context, { type: 'item', id })
  if (asked.do !== 'undo' && asked.do !== 'unpass' && !isQueued(incident)) return refuse('triage.gone', { id })
  if (asked.do === 'open') return lease(context, { type: 'item', id })
  const deed = await work(incident, asked.do, asked.value, context)
  if ('key' in deed) return refuse(deed.key, deed.params)
  if (deed.type === 'ask') return { type: 'view', view: deed.view, private: true }
  const { action, stays } = deed
  return {
    type: 'do',
    action,
    say: done => {
      const after = done.incident ?? incident
      const back =
        deed.back && (deed.back === 'separate' ? plainButton('separate', after) : triageButton(deed.back, after))
      const button = back && { ...back, label: phrase('triage.button-undo') }
      const text = deed.said(after)
      const line: Line = button ? { type: 'item', text, button } : { type: 'text', text }
      return { type: 'view', private: true, view: { tone: 'plain', title: null, lines: [line], buttons: [] } }
    },
    sequel: lease(context, stays ? { type: 'item', id } : { type: 'first' }),
  }
}

async function queue(asked: TriageAsked, context: Context): Promise<Doing | Leasing | Reply> {
  const { actor, read, now } = context
  const who = { person: actor.id, regions: actor.regions }
  switch (asked.type) {
    case 'list':
      return lease(context, { type: 'list' })
    case 'start':
      return lease(context, { type: 'first' })
    case 'blocked':
      return { type: 'view', private: true, view: blockedView(await read.triage.blocked()) }
    case 'unblock':
      return unblock(asked.person, context)
    case 'named':
      return named(asked.do, asked.words, context)
    case 'many': {
      const { rule } = asked
      if (rule.type === 'batch' && rule.name === '') {
        const { name } = await read.triage.held(who, now)
        return preview(asked.do, { ...rule, name }, context)
      }
      if (rule.type !== 'callsign') return preview(asked.do, rule, context)
      const found = whoIs(rule.name, [...read.directory.people.values()])
      if (found.type !== 'one') return tell('triage.block-nobody', { words: { words: rule.name } })
      return preview(asked.do, { type: 'from', sender: found.person.id }, context)
    }
    case 'sure': {
      const found = await read.triage.chosen(asked.rule, who, asked.until, now)
      if (found.length === 0) return tell('triage.nobody-chosen', {}, [startAgain])
      const { takes, alone } = splitFor(asked.do, found)
      if (takes.length === 0) return { type: 'view', private: true, view: noneTaken(alone, [startAgain]) }
      const ids = takes.map(one => one.id)
      const act = now.toString(36)
      const gone = Math.max(0, asked.shown - ids.length)
      return {
        type: 'do',
        action: { type: 'several', ids, do: asked.do === 'no' ? 'dismiss' : 'pass', reason: '', act },
        say: ({ several }) => {
          const { done, left } = several ?? { done: [], left: 0 }
          return lines(doneLines(asked.do, { done: done.length, left: gone + left, alone }, act))
        },
        sequel: lease(context, { type: 'first' }),
      }
    }
    case 'set-back': {
      const ids = await read.triage.act(asked.act, actor.id)
      if (ids.length === 0) return tell('triage.nobody-chosen', {}, [startAgain])
      const action = { type: 'several', ids, reason: '', act: `${asked.act}-back` } as const
      return {
        type: 'do',
        action: { ...action, do: asked.do === 'no' ? 'undo' : 'unpass' },
        say: ({ several }) => backSaid(several?.done.length ?? 0, several?.left ?? 0),
        sequel: lease(context, { type: 'list' }),
      }
    }
    default:
      return tell('triage.unknown', {}, [startAgain])
  }
}

function backSaid(done: number, left: number): Reply {
  if (done === 0) return tell('triage.back-late')
  const more: Line[] = left > 0 ? [{ type: 'note', text: phrase('triage.left-out', { count: left }) }] : []
  return lines([{ type: 'text', text: phrase('triage.back', { count: done }) }, ...more])
}

async function preview(deed: Deed, rule: Rule, context: Context): Promise<Reply> {
  const { actor, read, now } = context
  const found = await read.triage.chosen(rule, { person: actor.id, regions: actor.regions }, now, now)
  if (found.length === 0) return tell('triage.nobody-chosen', {}, [startAgain])
  return { type: 'view', private: true, view: await sureView(deed, rule, found, context) }
}

async function named(deed: 'block' | 'unblock', words: string, context: Context): Promise<Doing | Reply> {
  if (words.trim() === '') return tell('triage.block-whom')
  const found = whoIs(words, [...context.read.directory.people.values()])
  if (found.type !== 'one') return tell('triage.block-nobody', { words: { words: words.trim().slice(0, 60) } })
  const { person, rest } = found
  return deed === 'block' ? block(person.id, rest, context, null) : unblock(person.id, context)
}

function block(whom: PersonId | null, reason: string, context: Context, where: Where | null): Doing | Reply {
  const { actor, read } = context
  const person = whom && read.directory.people.get(whom)
  if (!person) return tell('triage.sender-gone')
  const params = { person: { person: person.id } }
  if (person.id === actor.id) return refuse('triage.block-self')
  if (!mayBlock(actor, person))
    return refuse(person.vetted ? 'triage.block-roster' : 'triage.block-coordinator', params)
  if (person.blocked) return tell('triage.block-already', params, [unblockButton(person.id)])
  const line: Line = { type: 'item', text: phrase('triage.blocked', params), button: unblockButton(person.id) }
  return {
    type: 'do',
    action: { type: 'block', person: person.id, reason: reason.trim() },
    say: () => lines([line]),
    ...(where ? { sequel: lease(context, where) } : {}),
  }
}

function unblock(whom: PersonId, { actor, read }: Context): Doing | Reply {
  const person = read.directory.people.get(whom)
  if (!person) return tell('triage.sender-gone')
  const params = { person: { person: person.id } }
  if (!mayBlock(actor, person))
    return refuse(person.vetted ? 'triage.block-roster' : 'triage.block-coordinator', params)
  if (!person.blocked) return tell('triage.block-none', params)
  return { type: 'do', action: { type: 'unblock', person: person.id }, say: () => tell('triage.unblocked', params) }
}

function lease(context: Context, where: Where): Leasing {
  const { actor } = context
  return {
    type: 'lease',
    regions: actor.regions,
    show: async (batch, said) => {
      if (said && said.type !== 'view') return said
      const view = await goOn(batch, where, context, said?.view ?? null)
      return { type: 'view', private: true, view }
    },
  }
}

function lines(all: readonly Line[]): Reply {
  return { type: 'view', private: true, view: { tone: 'plain', title: null, lines: all, buttons: [] } }
}

function unblockButton(person: PersonId) {
  return { id: buttonId('triage', '', `unblock.${person}`), label: phrase('triage.button-unblock') }
}

const startAgain = { id: buttonId('triage', '', 'list'), label: phrase('triage.button-list') }
