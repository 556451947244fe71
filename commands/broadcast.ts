import type { Audience } from '../workflows/audience.ts'
import { describeAudience } from '../workflows/broadcast/audience/describe.ts'
import { readAudience } from '../workflows/broadcast/audience/typed.ts'
import { blankPlan } from '../workflows/broadcast/plan.ts'
import { isUnderWay, listView, openTo } from '../workflows/broadcast/screen/list.ts'
import { lookAtIt, lookFor } from '../workflows/broadcast/screen/look.ts'
import { mayStand, requireScene, requireWritable, screenOf } from '../workflows/broadcast/screen/scene.ts'
import { type BroadcastWish, opensScreen, readBroadcastWish } from '../workflows/broadcast/screen/wish.ts'
import type { AnswerWanted, LocalText, Plan, Urgency } from '../workflows/broadcast.ts'
import { type Language, personNow } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import type { BroadcastId, IncidentId } from '../workflows/ids.ts'
import { maySee } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Known } from '../workflows/ports.ts'
import { say } from '../workflows/text/say.ts'
import {
  type Context,
  cast,
  type Doing,
  defineCommand,
  type Opening,
  type Reply,
  type Request,
  refuse,
  shown,
} from './command.ts'
import { defineForm, type Form, readForm, type Values } from './form.ts'

// Slack takes no longer text in one field.
const longest = 3000
const mostWhom = 1000
const urgencies = ['routine', 'urgent', 'life-safety'] as const
const tools = ['slack', 'discord', 'signal', 'workspace'] as const
const answers = ['none', 'got-it', 'yes-no', 'safety', 'one-of'] as const

const wordsField = (language: Language) =>
  ({
    type: 'text',
    lines: 'many',
    label: phrase(`broadcast.form-${language}`),
    hint: phrase('broadcast.form-words-hint'),
    required: false,
    max: longest,
  }) as const

const form = defineForm({
  title: phrase('broadcast.form'),
  submit: phrase('broadcast.form-save'),
  fields: {
    whom: {
      type: 'text',
      lines: 'one',
      label: phrase('broadcast.form-whom'),
      hint: phrase('broadcast.form-whom-hint'),
      required: false,
      max: mostWhom,
    },
    en: wordsField('en'),
    es: wordsField('es'),
    urgency: {
      type: 'choice',
      look: 'radio',
      label: phrase('broadcast.form-urgency'),
      required: true,
      choices: urgencies.map(value => ({ value, label: phrase(`broadcast.urgency-${value}`) })),
    },
    answer: {
      type: 'choice',
      look: 'select',
      label: phrase('broadcast.form-wanted'),
      required: true,
      choices: answers.map(value => ({ value, label: phrase(`broadcast.wanted-${value}`) })),
    },
  },
})

/** Writes to many: lists what there is, shows one, and takes down whom it is for and what it says. */
export const broadcast = defineCommand({
  name: 'broadcast',
  summary: 'command.broadcast',
  usage: 'usage.broadcast',
  permission: 'lead',
  about: 'nothing',
  broadcasts: true,
  opens: request => {
    if (request.from === 'typed' && opensScreen(request.words)) return 'form'
    const { type } = readBroadcastWish(request)
    return type === 'new' || type === 'text' || type === 'start' ? 'form' : 'work'
  },
  private: true,
  subs: {
    ...{ submit: 'approve submit', ask: 'approve submit', pedir: 'approve submit', presentar: 'approve submit' },
    ...{ approve: 'approve', aprobar: 'approve', alone: 'alone', solas: 'alone', sola: 'alone', solo: 'alone' },
    ...{ reject: 'reject', back: 'reject', devolver: 'reject', rechazar: 'reject' },
    ...{ pause: 'steer pause', pausar: 'steer pause', pausa: 'steer pause' },
    ...{ resume: 'steer resume', continue: 'steer resume', reanudar: 'steer resume', continuar: 'steer resume' },
    ...{ cancel: 'steer cancel', stop: 'steer cancel', cancelar: 'steer cancel', detener: 'steer cancel' },
    ...{ correct: 'correct correct', corregir: 'correct correct', recall: 'correct recall', retirar: 'correct recall' },
    ...{ discard: 'discard', desechar: 'discard', whom: 'whom', audience: 'whom', quien: 'whom', audiencia: 'whom' },
    ...{ when: 'when', cuando: 'when', answer: 'wanted', respuesta: 'wanted', about: 'topic', trata: 'topic' },
    ...{ table: 'table', tabla: 'table', answers: 'table', respuestas: 'table', silent: 'table silent' },
    ...{ callados: 'table silent', nudge: 'nudge', remind: 'nudge', recordar: 'nudge', hand: 'hand', pasar: 'hand' },
    ...{ recurring: 'recurring', recurrentes: 'recurring', recurrente: 'recurring' },
    ...{ library: 'library', biblioteca: 'library', mensajes: 'library', kit: 'kit' },
    ...{ messengers: 'messengers', mensajeros: 'messengers' },
    ...{ phone: 'phones', phones: 'phones', calls: 'phones', llamadas: 'phones' },
    ...{ live: 'live', page: 'live', vivo: 'live', pagina: 'live' },
    ...{ export: 'takeout', csv: 'takeout', save: 'takeout', exportar: 'takeout', guardar: 'takeout' },
  },
  form,
  open: async (request, context) => {
    const wish = readBroadcastWish(request)
    switch (wish.type) {
      case 'see':
      case 'there':
      case 'words':
      case 'list':
        return 'run'
      case 'start': {
        const goesOn = (await openTo(context.actor, context.read)).filter(isUnderWay)
        return goesOn.length > 0 ? 'run' : begin('', null, context)
      }
      case 'new':
        return begin(wish.words, wish.incident, context)
      case 'text':
        return reword(wish.id, context)
    }
  },
  run: async (request, context) => {
    const wish = readBroadcastWish(request)
    if (request.from === 'form') return save(request, context)
    if ('id' in wish) return see(wish, context)
    return shown(listView(await openTo(context.actor, context.read), context.actor))
  },
})

async function see(wish: Extract<BroadcastWish, { readonly id: BroadcastId }>, context: Context): Promise<Reply> {
  const { broadcast } = await requireScene(wish.id, context)
  const look = await lookAtIt(broadcast, context)
  const tool = wish.type === 'there' && tools.find(one => one === wish.where)
  if (tool) return shown(look.there(broadcast, tool))
  const language = wish.type === 'words' && context.read.directory.languages.find(one => one === wish.where)
  return shown(language ? look.words(broadcast, language) : look.view(broadcast))
}

/** An empty form, what was typed behind the command, or what was left of the last one. */
async function begin(words: string, incident: IncidentId | null, context: Context): Promise<Opening | Reply> {
  if (words.length > longest) {
    return { type: 'failed', phrase: phrase('form.too-long', { max: longest, over: words.length - longest }), words }
  }
  const about = incident && (await aboutOf(incident, context))
  if (incident && !about) return refuse('broadcast.form-incident-unknown', { words: { words: incident } })
  if (about && !mayStand(about.incident, context.actor, context.read.directory)) {
    return refuse('broadcast.hidden-new', { id: about.incident.id })
  }
  const usual = { urgency: 'routine', answer: 'none' }
  const opening = { form: formFor(context), assumed: about ? `new.${about.incident.id}` : 'new' }
  if (words !== '') return { ...opening, values: { ...usual, ...typed(words, context) } }
  const draft = await context.read.draft(context.actor.id, 'broadcast')
  if (!draft || draft.about !== `:${opening.assumed}`) return { ...opening, values: usual }
  const notice = phrase('broadcast.form-draft', { time: { time: draft.savedAt } })
  return { ...opening, notice, values: { ...usual, ...(draft.values as Values) } }
}

/** `AZ and responders: The road is open.` says to whom; all else are words in the language of whoever types. */
function typed(words: string, { read, actor }: Context): Values {
  const [, whom = '', rest = ''] = /^([^:\n]{1,100}):\s+([\s\S]+)$/u.exec(words) ?? []
  const meant = whom === '' ? null : readAudience(whom, read.directory)
  return meant && 'audience' in meant ? { whom, [actor.language]: rest } : { [actor.language]: words }
}

async function reword(id: BroadcastId, context: Context): Promise<Opening | Reply> {
  const scene = await requireWritable(id, context)
  const { broadcast } = scene
  const { words, urgency, answer, audience } = broadcast.plan
  const whom = whomText(audience, context)
  return {
    form: formFor(context),
    ...screenOf(scene, 'text'),
    values: { ...words, whom, urgency, answer: answer.type },
    // What no field holds is changed on the screen for it.
    ...(whom.length > mostWhom ? { without: ['whom'] } : {}),
  }
}

/** The form in the languages of the network, that of whoever writes first. */
function formFor({ read, actor }: Context): Form {
  const { whom, en, es, urgency, answer } = form.fields
  const { languages } = read.directory
  const texts = { en, es }
  const ordered = languages.toSorted((one, other) => Number(other === actor.language) - Number(one === actor.language))
  const asked = Object.fromEntries(ordered.map(language => [language, texts[language]]))
  return { ...form, fields: { whom, ...asked, urgency, answer } }
}

async function save(request: Request, context: Context): Promise<Doing | Reply> {
  const wish = readBroadcastWish(request)
  const given = readForm(form, request.values)
  const words: LocalText = { ...(given.en && { en: given.en }), ...(given.es && { es: given.es }) }
  const urgency = given.urgency as Urgency
  if (wish.type !== 'text') {
    if (given.whom === '' && Object.keys(words).length === 0) {
      throw new InputError({ whom: phrase('broadcast.form-empty') })
    }
    const audience = given.whom === '' ? null : audienceOf(given.whom, context)
    const answer = wanted(given.answer, null)
    return draft({ audience, words, urgency, answer }, wish.type === 'new' ? wish.incident : null, context)
  }
  const { broadcast } = await requireWritable(wish.id, context)
  const { plan } = broadcast
  const same = request.values.whom === undefined || given.whom === whomText(plan.audience, context)
  const audience = same ? plan.audience : given.whom === '' ? null : audienceOf(given.whom, context)
  const without = plan.without.filter(language => words[language] === undefined)
  const edit = { audience, words, urgency, without, answer: wanted(given.answer, plan.answer) }
  const look = await lookFor(plan.incident, context)
  return cast(broadcast, { type: 'edit', plan: edit }, after => shown(look.saved(after)))
}

async function draft(more: Partial<Plan>, incident: IncidentId | null, context: Context): Promise<Doing | Reply> {
  const about = incident && (await aboutOf(incident, context))
  const drill = about?.incident.drill
  const plan = blankPlan({ ...more, incident: about ? about.incident.id : null })
  const look = await lookFor(plan.incident, context)
  return {
    type: 'do',
    action: {
      type: 'broadcast',
      about: null,
      do: { type: 'draft', plan, ...(drill === undefined ? {} : { drill }) },
    },
    say: done => (done.broadcast ? shown(look.saved(done.broadcast.after)) : refuse('approval.unknown')),
  }
}

async function aboutOf(id: IncidentId, { read, actor }: Context): Promise<Known | null> {
  const known = await read.incidents.find(id)
  return known && maySee(actor, known.incident) ? known : null
}

/** @throws InputError where nobody can tell who is meant */
function audienceOf(whom: string, { read }: Context): Audience {
  const meant = readAudience(whom, read.directory)
  if ('problem' in meant) throw new InputError({ whom: meant.problem })
  return meant.audience
}

/** Whom it is for as it stands in the field, where it may be changed. */
function whomText(audience: Audience | null, { read, actor, now }: Context): string {
  if (!audience) return ''
  const { directory } = read
  const { language, zone } = actor
  return say(describeAudience(audience, directory), {
    ...{ language, zone, now, person: id => personNow(directory, id)?.callsign ?? null },
  })
}

function wanted(type: string, before: AnswerWanted | null): AnswerWanted {
  if (type === before?.type) return before
  return type === 'one-of' ? { type, options: [] } : ({ type } as AnswerWanted)
}
