import { type Directory, regionOf } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import { type Incident, isOpen } from '../workflows/incident.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Known } from '../workflows/ports.ts'
import type { Protocol } from '../workflows/protocol.ts'
import { listProtocols, pickIncident, pickProtocol, runsOf, showProtocol } from '../workflows/run/choose.ts'
import { running } from '../workflows/run/lookup.ts'
import { readMoment } from '../workflows/run/moment.ts'
import { saidOfRun } from '../workflows/run/run-outcome.ts'
import { protocolOf, type RunWish, wishOf } from '../workflows/run/verbs.ts'
import { openRuns } from '../workflows/run.ts'
import { actorSight } from '../workflows/sight.ts'
import { coordinates } from '../workflows/standing.ts'
import { openProposals, withProposals } from '../workflows/trigger/list.ts'
import { zoneName } from '../workflows/zone.ts'
import {
  type Context,
  type Doing,
  defineCommand,
  type Opening,
  type Reply,
  type Request,
  refuse,
  shown,
} from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('protocol.form-start'),
  submit: phrase('protocol.button-start'),
  fields: {
    when: {
      type: 'text',
      lines: 'one',
      label: phrase('protocol.form-when'),
      hint: phrase('protocol.form-when-how'),
      required: true,
      max: 100,
    },
  },
})

const mostOpen = 100

/** Starts a protocol on an incident, and lists those that there are and those that run; its verbs steer them. */
export const protocol = defineCommand({
  name: 'protocol',
  summary: 'command.protocol',
  usage: 'usage.protocol',
  permission: 'read',
  about: 'maybe-incident',
  verb: 'loose',
  opens: ({ from, assumed }) => (from === 'typed' || /^(?:$|start)/.test(assumed) ? 'form' : 'work'),
  private: true,
  subs: {
    ...{ report: 'after report', informe: 'after report' },
    ...{ show: 'run show', see: 'run show', ver: 'run show', mostrar: 'run show', checklist: 'run show' },
    ...{ assign: 'run assign', give: 'run assign', asignar: 'run assign', repartir: 'run assign' },
    ...{ pause: 'run pause', pausa: 'run pause', pausar: 'run pause' },
    ...{ resume: 'run resume', continue: 'run resume', reanudar: 'run resume', seguir: 'run resume' },
    ...{ stop: 'run stop', end: 'run stop', detener: 'run stop', parar: 'run stop' },
    ...{ lead: 'run lead', dirigir: 'run lead', undo: 'run undo', deshacer: 'run undo' },
    ...{ safe: 'headcount', headcount: 'headcount', recuento: 'headcount' },
  },
  form,
  open: async (request, context) => {
    const wish = wishOf(request, context.read.taxonomy)
    return wish.verb === 'start' ? opening(wish, request, context) : 'run'
  },
  run: async (request, context) => {
    const wish = wishOf(request, context.read.taxonomy)
    if (wish.verb === 'start') return starting(wish, request, context)
    const written = protocolOf(wish, context.read.taxonomy)
    if (written) return shown(showProtocol(written, Number(wish.rest) || 1))
    const about = request.incident?.incident
    if (about && request.words === '') return ofIncident(about, context)
    return shown(
      withProposals(listProtocols(await running(context), context.read.taxonomy), await openProposals(context)),
    )
  },
})

/** Only the hour of an event has to be asked for. */
function opening(wish: RunWish, { incident, from }: Request, context: Context): Opening | 'run' {
  const chosen = protocolOf(wish, context.read.taxonomy)
  const { actor, read, now } = context
  if (!incident || !chosen?.event || !coordinates(actor, incident.incident)) return 'run'
  const { name, zone } = zoneIn(incident.incident.region, read.directory)
  if (from === 'typed' && readMoment(wish.rest, { zone, language: actor.language, now }) !== null) return 'run'
  const params = { region: name, zone: zoneName(zone, now, actor.language) }
  const when = { ...form.fields.when, hint: phrase('protocol.form-when-hint', params) }
  return {
    assumed: `start.${chosen.id}`,
    form: { ...form, fields: { when } },
    ...(wish.rest === '' ? {} : { values: { when: wish.rest } }),
  }
}

/** What runs on it; where nothing does, what could be started by whoever may. */
function ofIncident(incident: Incident, { read, actor }: Context): Reply {
  if (actorSight(incident, actor, read.directory) !== 'whole') return refuse('sight.red-more')
  const starts = coordinates(actor, incident) && isOpen(incident)
  if (openRuns(incident).length > 0) return shown(runsOf(incident, read.taxonomy, starts))
  return starts
    ? shown(pickProtocol(incident, '', read.taxonomy))
    : refuse('protocol.none-running-yet', { id: incident.id })
}

async function starting(wish: RunWish, request: Request, context: Context): Promise<Doing | Reply> {
  const { read, actor } = context
  const { taxonomy } = read
  const chosen = protocolOf(wish, context.read.taxonomy)
  const known = request.incident
  if (!known) return shown(pickIncident(await startable(context), chosen?.id ?? null, taxonomy))
  const { incident } = known
  if (!coordinates(actor, incident)) return refuse('run.start-coordinator', { id: incident.id })
  if (!chosen) return shown(pickProtocol(incident, [wish.run ?? '', wish.rest].join(' ').trim(), taxonomy))
  return begin(known, chosen, chosen.event ? eventAt(wish, request, context, incident) : null, context)
}

function begin({ incident }: Known, { id }: Protocol, at: number | null, { read }: Context): Doing {
  const deed = { type: 'start', protocol: id, eventAt: at } as const
  return {
    type: 'do',
    action: { type: 'incident', about: incident.id, do: { type: 'run', do: deed } },
    say: done => shown(saidOfRun(deed, done.incident ?? incident, read.taxonomy)),
  }
}

function eventAt(wish: RunWish, { from, values }: Request, context: Context, { region }: Incident): number {
  const { read, actor, now } = context
  const words = from === 'form' ? readForm(form, values).when : wish.rest
  const at = readMoment(words, { zone: zoneIn(region, read.directory).zone, language: actor.language, now })
  if (at === null) throw new InputError({ when: phrase('protocol.form-when-bad') })
  return at
}

async function startable({ read, actor }: Context): Promise<readonly Incident[]> {
  const asked = { regions: actor.regions, viewer: actor.id, open: true, limit: mostOpen } as const
  const { items } = await read.incidents.list(asked)
  return items.filter(one => isOpen(one) && coordinates(actor, one))
}

function zoneIn(region: string, directory: Directory): { readonly name: string; readonly zone: string } {
  return regionOf(directory, region) ?? { name: directory.name, zone: directory.zone }
}
