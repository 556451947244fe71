import { readCoded } from '../workflows/coded.ts'
import { regionOf } from '../workflows/directory.ts'
import type { RegionCode } from '../workflows/ids.ts'
import type { Incident } from '../workflows/incident.ts'
import { type PhraseKey, phrase } from '../workflows/phrase.ts'
import { type Placed, placeButtons, placeWords } from '../workflows/placing.ts'
import { receiptView } from '../workflows/receipt.ts'
import { homeState } from '../workflows/routing.ts'
import { guessKind, kindInfo, type Severity } from '../workflows/taxonomy.ts'
import type { Button, Line, View } from '../workflows/view.ts'
import { type Context, defineCommand, type Opening, type Reply, tell } from './command.ts'
import { defineForm, readForm, type Values } from './form.ts'

// Slack takes no longer text in one field.
const longest = 3000

const dangers: Readonly<Record<string, Severity>> = { now: 5, hurt: 4, soon: 3, no: 2 }

const form = defineForm({
  title: phrase('form.report'),
  submit: phrase('form.send'),
  fields: {
    what: {
      type: 'text',
      lines: 'many',
      label: phrase('form.what'),
      hint: phrase('form.what-hint'),
      required: true,
      max: longest,
      words: true,
    },
    where: {
      type: 'text',
      lines: 'one',
      label: phrase('form.where'),
      hint: phrase('form.where-hint'),
      required: true,
      max: 300,
      words: true,
    },
    danger: {
      type: 'choice',
      look: 'radio',
      label: phrase('form.danger'),
      required: true,
      choices: Object.keys(dangers).map(value => ({ value, label: phrase(`form.danger-${value}` as PhraseKey) })),
    },
    contact: {
      type: 'choice',
      look: 'radio',
      label: phrase('form.contact'),
      required: true,
      choices: (['yes', 'after', 'no'] as const).map(value => ({ value, label: phrase(`form.contact-${value}`) })),
    },
    files: { type: 'files', label: phrase('form.files'), hint: phrase('form.files-hint'), max: 10 },
  },
})

/** Files a report: one screen, and the first screen alone is enough. */
export const report = defineCommand({
  name: 'report',
  summary: 'command.report',
  usage: 'usage.report',
  permission: 'report',
  about: 'nothing',
  strangers: true,
  opens: 'form',
  private: true,
  form,
  open: async (request, context) => {
    const { words } = request
    if (words.length > longest) {
      return { type: 'failed', phrase: phrase('form.too-long', { max: longest, over: words.length - longest }), words }
    }
    return words.trim() === '' ? resume(context) : understood(words, context)
  },
  run: async (request, context) => {
    const { what, where, danger, contact } = readForm(form, request.values)
    const { read, actor, room } = context
    const placed = placeWords(where, homeOf(context), read)
    const said = kindInfo(read.taxonomy, request.assumed)?.code
    return {
      type: 'do',
      action: {
        type: 'report',
        files: request.files,
        do: {
          region: placed.region,
          place: placed.place,
          severity: dangers[danger] as Severity,
          kind: said ?? guessKind(what, read.taxonomy),
          ...(said ? { kindSaid: true } : {}),
          what,
          where,
          contact: contact as Incident['contact'],
          account: actor.account,
          room: room?.id ?? null,
          evidence: request.evidence,
        },
      },
      say: ({ incident }) => (incident ? receipt(incident, placed, context) : tell('reply.report-gone')),
    }
  },
})

/** What the line of somebody trained fills in by itself: what, where, danger and kind; the form shows it all. */
function understood(words: string, context: Context): Opening {
  const { places, taxonomy, directory } = context.read
  const region = homeOf(context)
  const home = homeState(region === null ? null : regionOf(directory, region))
  const { what, where, severity, kind } = readCoded(words, { places, taxonomy, home })
  const info = kind === null ? null : kindInfo(taxonomy, kind)
  return {
    values: {
      what,
      ...(where === null ? {} : { where }),
      ...(severity === null ? {} : { danger: dangerOf(severity), contact: 'yes' }),
    },
    ...(info ? { assumed: info.code, notice: phrase('form.coded', { kind: info.name }) } : {}),
  }
}

function dangerOf(severity: Severity): string {
  return Object.entries(dangers).find(([, level]) => level === severity)?.[0] ?? 'no'
}

/** The region whose places are meant first: the room's, or the only one that the person serves. */
function homeOf({ room, actor }: Context): RegionCode | null {
  const own = actor.regions !== 'all' && actor.regions.length === 1 ? actor.regions[0] : null
  return room?.region ?? own ?? null
}

async function resume({ read, actor }: Context): Promise<Opening> {
  const draft = await read.draft(actor.id, 'report')
  if (!draft) return {}
  const entries = Object.keys(form.fields).flatMap((name): [string, string][] => {
    const value = draft.values[name]
    return typeof value === 'string' && value !== '' ? [[name, value]] : []
  })
  if (entries.length === 0) return {}
  const values: Values = Object.fromEntries(entries)
  return { notice: phrase('form.draft', { time: { time: draft.savedAt } }), values }
}

/** The echo of the durable receipt, or all of it where none is sent; an unclear place is asked first. */
function receipt(incident: Incident, { spots }: Placed, { read, room, actor }: Context): Reply {
  const whole = receiptView(incident, read)
  // On Signal a group shows nothing to one person alone, so what is asked there is answered in the conversation.
  const apart = room !== null && actor.platform !== 'signal'
  const asked = incident.place.state === 'asked'
  const place = asked ? placeButtons(incident, spots) : []
  if (incident.contact === 'yes' && !apart) return beside(whole, place)
  const lines =
    incident.contact === 'yes' && !asked
      ? [...whole.lines.slice(0, 2), elsewhere]
      : whole.lines.map(line => (apart && isAdd(line) ? addThere(incident) : line))
  const rest = whole.buttons.filter(one => !place.some(({ id }) => id === one.id))
  const buttons = asked ? [...place, ...rest] : whole.buttons
  return { type: 'view', private: true, view: { ...whole, lines, buttons } }
}

// In the direct conversation the receipt itself comes next, so its echo says only that it is kept, and where it asks.
function beside(whole: View, place: readonly Button[]): Reply {
  const lines = whole.lines.filter((line, at) => at === 0 || (place.length > 0 && isOf(line, 'receipt.place-asked')))
  return { type: 'view', private: true, view: { ...whole, lines, buttons: place } }
}

// What is written in a room is talk there; only in the direct conversation it is added to the report.
function isAdd(line: Line): boolean {
  return isOf(line, 'receipt.add')
}

function isOf(line: Line, key: PhraseKey): boolean {
  return line.type === 'text' && 'key' in line.text && line.text.key === key
}

function addThere({ id }: Incident): Line {
  return { type: 'text', text: phrase('receipt.add-there', { id }) }
}

const elsewhere = { type: 'text', text: phrase('receipt.elsewhere') } as const
