import { hasRole } from '../workflows/directory.ts'
import { editions } from '../workflows/edition.ts'
import {
  type ExportPlan,
  filterOf,
  formats,
  isIdentifiable,
  needsSecond,
  whyNotPlan,
} from '../workflows/export/plan.ts'
import {
  type Export,
  exportFor,
  mayAgree,
  mayExport,
  mayTake,
  secondsFor,
  takeExportId,
} from '../workflows/export/request.ts'
import { readWhich } from '../workflows/export/typed.ts'
import { againButton, exportItem, exportList, exportView, openButton } from '../workflows/export/view.ts'
import { planText } from '../workflows/export/wording.ts'
import { maySee } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import {
  type Context,
  type Doing,
  defineCommand,
  exporting,
  type Reply,
  refuse,
  type Showing,
  shown,
  tell,
} from './command.ts'
import { type Answers, defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('export.form'),
  submit: phrase('export.form-send'),
  fields: {
    format: {
      type: 'choice',
      look: 'select',
      label: phrase('export.form-format'),
      required: true,
      choices: formats.map(value => ({ value, label: phrase(`export.format-${value}`) })),
    },
    edition: {
      type: 'choice',
      look: 'radio',
      label: phrase('export.form-edition'),
      hint: phrase('export.form-edition-hint'),
      required: true,
      choices: editions.map(value => ({ value, label: phrase(`export.edition-${value}`) })),
    },
    which: {
      type: 'text',
      lines: 'one',
      label: phrase('export.form-which'),
      hint: phrase('export.form-which-hint'),
      required: false,
      max: 200,
    },
    sealed: {
      type: 'choice',
      look: 'radio',
      label: phrase('export.form-sealed'),
      hint: phrase('export.form-sealed-hint'),
      required: true,
      choices: (['no', 'yes'] as const).map(value => ({ value, label: phrase(`export.sealed-${value}`) })),
    },
    reason: reasonField('export.form-reason', 'export.form-reason-hint', 500),
  },
})

type Said = Answers<(typeof form)['fields']>

/** Takes reports out as a file behind a one-time link, with a reason; what needs a second person waits for one. */
export const exportReports = defineCommand({
  name: 'export',
  summary: 'command.export',
  usage: 'usage.export',
  permission: 'lead',
  about: 'nothing',
  opens: ({ from, words, assumed }) => {
    const what = doing(words, assumed)
    return from !== 'form' && (!what || what.deed === 'again') ? 'form' : 'work'
  },
  private: true,
  form,
  open: async ({ words, assumed }, context) => {
    const { actor, now } = context
    const what = doing(words, assumed)
    const former = what?.id ? await context.read.exports.find(what.id) : null
    if (former?.by === actor.id) return { values: sameAgain(former, now) }
    const edition = hasRole(actor, 'coordinator') ? 'response' : 'leadership'
    return { values: { format: 'csv', edition, sealed: 'no', which: words.trim() } }
  },
  run: async ({ from, words, assumed, values }, context): Promise<Doing | Showing | Reply> => {
    if (from === 'form') return ask(readForm(form, values), context)
    const what = doing(words, assumed)
    if (!what || what.deed === 'list')
      return shown(exportList(await visible(context), context.now, context.read.directory))
    const one = what.id && (await context.read.exports.find(what.id))
    if (!one || !mayKnow(one, context)) return refuse('export.unknown', { id: what.id ?? words.trim() })
    switch (what.deed) {
      case 'agree':
      case 'refuse':
        return settle(one, what.deed, context)
      case 'phrase':
        return phraseOf(one, context)
      case 'open':
      case 'again':
        return open(one, context)
    }
  },
})

const verbs: Readonly<Record<string, 'agree' | 'refuse' | 'phrase' | 'open' | 'again' | 'list'>> = {
  ...{ agree: 'agree', approve: 'agree', acuerdo: 'agree', aprobar: 'agree' },
  ...{ refuse: 'refuse', reject: 'refuse', rechazar: 'refuse' },
  ...{ phrase: 'phrase', passphrase: 'phrase', frase: 'phrase' },
  ...{ open: 'open', get: 'open', file: 'open', abrir: 'open', obtener: 'open', archivo: 'open' },
  ...{ again: 'again', nuevo: 'again', repetir: 'again' },
  ...{ list: 'list', log: 'list', lista: 'list' },
}

/** What is to be done with which export: `X-0007 phrase`, `agree X-7`, `list`; null where a new one is asked for. */
function doing(words: string, assumed: string) {
  const first = takeExportId(words)
  if (first.id) return { id: first.id, deed: verbs[plain(assumed || first.rest)] ?? 'open' }
  const [verb = '', ...rest] = words.trim().split(/\s+/)
  const deed = verbs[plain(verb)]
  const { id } = takeExportId(rest.join(' '))
  return deed && (id || deed === 'list') ? { id, deed } : null
}

/** The form as it was filled in for that export, its window up to now. */
function sameAgain({ plan, reason }: Export, now: number) {
  const { format, edition, sealed, regions, kinds, incident, from } = plan
  const hours = Math.max(1, Math.ceil((now - from) / 3_600_000))
  const some = [...(regions === 'all' ? ['all'] : regions), `${hours}h`, ...kinds].join(' ')
  return { format, edition, sealed: sealed ? 'yes' : 'no', which: incident ?? some, reason }
}

/** Whoever asked, whoever may decide, and the coordinators of everything know of an export. */
function mayKnow(one: Export, { actor }: Context): boolean {
  return (
    one.by === actor.id || mayAgree(actor, one) || (hasRole(actor, 'coordinator', 'leader') && actor.regions === 'all')
  )
}

async function visible(context: Context): Promise<readonly Export[]> {
  const all = await context.read.exports.latest(mostListed)
  return all.filter(one => mayKnow(one, context)).slice(0, mostShown)
}

const mostListed = 100
const mostShown = 10
const longestHours = 10 * 366 * 24

async function ask(said: Said, context: Context): Promise<Doing | Reply> {
  const { actor, now, read } = context
  const { directory } = read
  const which = readWhich(said.which, read)
  if ('unknown' in which) return refuse('export.unknown-word', { word: { words: which.unknown } })
  if (which.hours < 1 || which.hours > longestHours) return refuse('export.times')
  const known = which.incident && (await read.incidents.find(which.incident))
  const incident =
    known && maySee(actor, known.incident) && known.incident.visibility === 'region' ? known.incident : null
  if (which.incident && !incident) return refuse('refusal.unknown', { id: which.incident })
  const plan: ExportPlan = {
    format: formats.find(one => one === said.format) ?? 'csv',
    edition: editions.find(one => one === said.edition) ?? 'public',
    from: incident ? 0 : now - which.hours * 3_600_000,
    to: now + 1,
    regions: incident ? [incident.region] : (which.regions ?? actor.regions),
    kinds: which.kinds,
    incident: which.incident,
    sealed: said.sealed === 'yes',
    drill: incident?.drill ?? null,
  }
  const wrong = whyNotPlan(plan)
  if (wrong) return refuse(wrong === 'times' ? 'export.times' : `export.${wrong}-wrong`)
  if (!mayExport(actor, plan)) return mayNot(plan, context)
  if ((await read.exports.count(filterOf(plan))) === 0) return refuse('export.none')
  const reason = said.reason.trim()
  const deed = { type: 'ask', plan, reason, platform: actor.platform, waits: needsSecond(plan) } as const
  return exporting(deed, ({ made }) => {
    const { id } = takeExportId(String(made))
    if (!id) return tell('export.none')
    if (!deed.waits) return tell('export.ready', { id, what: planText(plan, directory) }, [openButton(id)])
    if (secondsFor({ by: actor.id, plan }, directory).length === 0) return tell('export.waits-nobody', { id })
    return tell('export.waits', { id, until: { date: now + exportFor } })
  })
}

function mayNot(plan: ExportPlan, { actor, read: { directory } }: Context): Reply {
  const own = actor.regions === 'all' ? null : actor.regions
  const beyond = plan.regions === 'all' || plan.regions.some(region => !own?.includes(region))
  if (!own || !beyond) return refuse('export.who')
  const names = own.map(code => directory.regions.find(region => region.code === code)?.name ?? code)
  return refuse('export.who-region', { regions: names })
}

function settle(one: Export, type: 'agree' | 'refuse', { actor, now }: Context): Doing | Reply {
  const { id, by, platform } = one
  if (one.state !== 'asked') return refuse('export.settled', { id })
  if (one.until <= now) return refuse('export.over', { id })
  if (by === actor.id && type === 'agree') return refuse('export.alone', { id })
  // Whoever asked may take it back themselves.
  if (by !== actor.id && !mayAgree(actor, one)) return refuse('export.may-not-agree', { id })
  return exporting({ type, id, of: { by, platform } }, () =>
    tell(type === 'agree' ? 'export.you-agreed' : 'export.you-refused', { id, person: { person: by } }),
  )
}

function phraseOf(one: Export, { actor, now }: Context): Doing | Reply {
  const { id, by, state, plan } = one
  if (by !== actor.id) return refuse('export.unknown', { id })
  if (!isIdentifiable(plan)) return refuse('export.no-phrase', { id })
  if (one.until <= now || state === 'asked' || state === 'refused') return notReady(one, now)
  const said = () => tell('export.over', { id })
  return { ...exporting({ type: 'phrase', id }, said), sequel: { type: 'passphrase', export: id } }
}

function open(one: Export, { actor, now, read: { directory } }: Context): Showing | Reply {
  const { id, by } = one
  if (by !== actor.id) return shown(exportList([one], now, directory))
  if (!mayTake(one, now)) return notReady(one, now)
  if (!mayExport(actor, one.plan)) return refuse('export.who')
  return { type: 'show', incident: id, item: exportItem, say: link => shown(exportView(one, link, directory)) }
}

function notReady({ id, state, until }: Export, now: number): Reply {
  if (state === 'refused') return refuse('export.settled', { id })
  if (until <= now) return tell('export.over', { id }, [againButton(id)])
  if (state === 'taken') return tell('export.taken', { id }, [againButton(id)])
  return tell('export.waits', { id, until: { date: until } })
}
