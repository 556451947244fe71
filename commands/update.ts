import { button } from '../workflows/button.ts'
import { regionName } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import type { Incident } from '../workflows/incident.ts'
import { addedLines } from '../workflows/kept.ts'
import { mayCorrect } from '../workflows/offer.ts'
import { phrase } from '../workflows/phrase.ts'
import { placeButtons, placedText, placeWords } from '../workflows/placing.ts'
import { readKind, readSeverity, type Spoken } from '../workflows/spoken.ts'
import { mayWork } from '../workflows/standing.ts'
import type { Severity } from '../workflows/taxonomy.ts'
import { plainView } from '../workflows/view.ts'
import {
  act,
  type Context,
  type Doing,
  defineCommand,
  incidentOf,
  type Reply,
  type Request,
  refuse,
  tell,
} from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('form.update'),
  submit: phrase('form.send'),
  fields: {
    text: {
      type: 'text',
      lines: 'many',
      label: phrase('form.update-text'),
      hint: phrase('form.update-hint'),
      required: true,
      max: 2000,
      words: true,
    },
    severity: {
      type: 'choice',
      look: 'select',
      label: phrase('form.update-severity'),
      hint: phrase('form.update-severity-hint'),
      required: false,
      choices: ([5, 4, 3, 2, 1] as const).map(level => ({
        value: `S${level}`,
        label: phrase(`card.severity-${level}`),
      })),
    },
  },
})

/** Gives news of an incident, in words; or a new severity, kind or place. Any update is a sign of life. */
export const update = defineCommand({
  name: 'update',
  summary: 'command.update',
  usage: 'usage.update',
  permission: 'read',
  about: 'incident',
  opens: ({ from, words }) => (from === 'typed' && words.trim() !== '' ? 'work' : 'form'),
  private: true,
  form,
  run: async (request, context) => {
    if (request.from === 'form') {
      const { text, severity } = readForm(form, request.values)
      const to = readSeverity(severity)?.value
      if (to === undefined || to === incidentOf(request).severity) return news(request, text, context)
      return grade(request, { value: to, rest: text }, context)
    }
    const severity = readSeverity(request.words)
    if (severity) return grade(request, severity, context)
    const [, what = '', rest = ''] = /^\s*(kind|tipo|place|lugar)\s*:\s*(.+)$/isu.exec(request.words) ?? []
    if (what !== '') return /^[kt]/i.test(what) ? sort(request, rest, context) : move(request, rest, context)
    return news(request, request.words, context)
  },
})

/** What the response team says is news for the card; what anybody else knows is added to the report. */
function news(request: Request, text: string, { actor }: Context): Doing {
  const { evidence } = request
  if (!mayWork(actor, incidentOf(request))) {
    return act(request, { type: 'add', text, evidence }, ({ incident, entries }) => {
      const said = phrase('reply.added', { id: incident.id })
      return { type: 'view', private: true, view: plainView([said, ...addedLines(entries)]) }
    })
  }
  return act(request, { type: 'update', text }, ({ incident }) => {
    const held = incident.claim?.by === actor.id ? incident.claim.until : null
    return held === null
      ? tell('reply.updated', { id: incident.id })
      : tell('reply.updated-yours', { id: incident.id, until: { time: held } })
  })
}

/** Raising is anyone's who may see it, for doubt never keeps severity down; lowering is the response team's. */
function grade(request: Request, { value: to, rest: reason }: Spoken<Severity>, context: Context): Doing | Reply {
  const { severity, ...before } = incidentOf(request)
  if (to < severity && !mayWork(context.actor, { severity, ...before })) return notYours(request, context)
  return act(request, { type: 'severity', to, reason }, ({ incident }) => {
    const params = { id: incident.id, severity: `S${incident.severity}`, to: `S${to}` }
    return incident.severity === to
      ? tell(to > severity ? 'reply.raised' : 'reply.lowered', params)
      : tell('reply.lowering-asked', params)
  })
}

function sort(request: Request, words: string, context: Context): Doing | Reply {
  const { read, actor } = context
  const incident: Incident = incidentOf(request)
  if (!mayCorrect(incident, actor)) return notYours(request, context)
  const kind = readKind(words, read.taxonomy)
  if (!kind) return tell('reply.kind-unknown', { id: incident.id }, [button('kind', incident)])
  return act(request, { type: 'kind', kind }, done =>
    tell('reply.kind', {
      id: incident.id,
      kind: read.taxonomy.kinds.find(one => one.code === kind)?.name ?? kind,
      mark: done.incident.mark,
    }),
  )
}

function move(request: Request, where: string, context: Context): Doing | Reply {
  const { read, actor } = context
  const before = incidentOf(request)
  if (!mayCorrect(before, actor)) return notYours(request, context)
  if (where.length > 300)
    throw new InputError({ where: phrase('form.too-long', { max: 300, over: where.length - 300 }) })
  const { region, place, spots } = placeWords(where, before.region, read)
  return act(request, { type: 'place', region, place, where }, ({ incident }) =>
    spots.length > 0 || place.state === 'asked'
      ? tell('reply.place-asked', { id: incident.id }, placeButtons(incident, spots))
      : { type: 'view', view: plainView([placedText(incident, read.directory)]), private: true },
  )
}

function notYours(request: Request, { read }: Context): Reply {
  const { id, region } = incidentOf(request)
  return refuse('refusal.work', { id, region: regionName(read.directory, region) })
}
