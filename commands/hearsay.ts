import { InputError } from '../workflows/errors.ts'
import { carriesPost } from '../workflows/library/echo.ts'
import { mask } from '../workflows/mask/labels.ts'
import { maySee } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { answered, described, joined, type RumourChange, takenOut } from '../workflows/rumour/change.ts'
import { findRumour } from '../workflows/rumour/look.ts'
import { aboutText, mayJudge } from '../workflows/rumour/view.ts'
import type { Rumour } from '../workflows/rumour.ts'
import { type Context, defineCommand, foresee, type Opening, type Reply, refuse, shown } from './command.ts'
import { type Choice, defineForm, type Field, type Form, readForm, type Values } from './form.ts'

const dayMs = 24 * 60 * 60_000
const othersDays = 30
const most = 25
const longest = 200
const mostRead = 20

const choice = (label: Phrase, hint?: Phrase) =>
  ({
    type: 'choice',
    look: 'select',
    label,
    ...(hint ? { hint } : {}),
    required: true,
    choices: [],
  }) as const satisfies Field

const describeForm = defineForm({
  title: phrase('rumour.form-describe'),
  submit: phrase('rumour.form-save'),
  fields: {
    about: {
      ...{ type: 'text', lines: 'one', label: phrase('rumour.form-about'), hint: phrase('rumour.form-about-hint') },
      ...{ required: true, max: longest },
    },
  },
})
const answerForm = defineForm({
  title: phrase('rumour.form-answer'),
  submit: phrase('rumour.form-save'),
  fields: { with: choice(phrase('rumour.form-with')) },
})
const sameForm = defineForm({
  title: phrase('rumour.form-same'),
  submit: phrase('rumour.form-save'),
  fields: { which: choice(phrase('rumour.form-which'), phrase('rumour.form-same-hint')) },
})
const outForm = defineForm({
  title: phrase('rumour.form-out'),
  submit: phrase('rumour.form-save'),
  fields: { report: choice(phrase('rumour.form-report')) },
})

/** Asks what a rumor is about, what answered it, which other it is, or which report is none of it. */
export const hearsay = defineCommand({
  name: 'hearsay',
  summary: 'command.hearsay',
  permission: 'coordinate',
  about: 'nothing',
  opens: 'form',
  private: true,
  form: describeForm,
  open: async ({ words, assumed }, context) => {
    const found = await changeable(words, context)
    if ('type' in found) return found
    const press = pressOf(assumed)
    const opened = await opening(press, found, context)
    if ('type' in opened) return opened
    return { ...opened, about: found.id, assumed: press }
  },
  run: async ({ words, assumed, values }, context) => {
    const found = await changeable(words, context)
    if ('type' in found) return found
    const change = await changeOf(pressOf(assumed), values, found, context)
    return 'no' in change ? { type: 'refused', phrase: change.no } : foresee(change.deed, () => shown(change.after))
  },
})

type Press = 'describe' | 'answer' | 'same' | 'out'

function pressOf(assumed: string): Press {
  const [press = ''] = assumed.split('.')
  return press === 'answer' || press === 'same' || press === 'out' ? press : 'describe'
}

async function changeable(words: string, context: Context): Promise<Rumour | Extract<Reply, { type: 'refused' }>> {
  const found = await findRumour(words, context)
  if (!found) return refuse('rumour.unknown', { words: { words } }) as Extract<Reply, { type: 'refused' }>
  if (mayJudge(found, context.actor)) return found
  return refuse('rumour.who', { id: found.id }) as Extract<Reply, { type: 'refused' }>
}

async function opening(press: Press, rumour: Rumour, context: Context): Promise<Opening | Reply> {
  switch (press) {
    case 'describe':
      return { form: describeForm as Form, values: { about: rumour.about ?? '' } }
    case 'answer': {
      const choices = await broadcastsOf(rumour, context)
      return choices.length > 0
        ? { form: answerForm as Form, choices: { with: choices } }
        : refuse('rumour.no-broadcasts')
    }
    case 'same': {
      const since = context.now - othersDays * dayMs
      const all = await context.read.rumours.list({ since, regions: context.actor.regions }, most + 1)
      const choices = all.filter(one => one.id !== rumour.id).map(one => rumourChoice(one))
      if (choices.length === 0) return refuse('rumour.no-others', { id: rumour.id })
      return { form: sameForm as Form, choices: { which: choices.slice(0, most) } }
    }
    case 'out': {
      const known = await Promise.all(rumour.incidents.slice(-most).map(id => context.read.incidents.find(id)))
      const seen = known.flatMap(one => (one && maySee(context.actor, one.incident) ? [one.incident.id] : []))
      const choices = seen.map((id): Choice => ({ value: id, label: phrase('rumour.choice-report', { id }) }))
      return { form: outForm as Form, choices: { report: choices } }
    }
  }
}

/** What went out of late: first what was about one of its reports. */
async function broadcastsOf({ incidents }: Rumour, { read, actor }: Context): Promise<readonly Choice[]> {
  const sent = (await read.broadcasts.latest({ limit: most })).filter(one => one.startedAt !== null && !one.drill)
  const about = (one: (typeof sent)[number]) => one.plan.incident !== null && incidents.includes(one.plan.incident)
  const inOrder = [...sent.filter(about), ...sent.filter(one => !about(one))]
  return inOrder.map(({ id, plan, startedAt }) => {
    const words = plan.words[actor.language] ?? Object.values(plan.words)[0] ?? ''
    const params = { id, time: { date: startedAt ?? 0 }, words: { words: words.slice(0, 40) } }
    return { value: id, label: phrase('rumour.choice-broadcast', params) }
  })
}

function rumourChoice(rumour: Rumour): Choice {
  const params = { id: rumour.id, count: rumour.incidents.length, about: aboutText(rumour) }
  return { value: rumour.id, label: phrase('rumour.choice', params) }
}

async function changeOf(press: Press, values: Values, rumour: Rumour, context: Context): Promise<RumourChange> {
  switch (press) {
    case 'describe': {
      const { about } = readForm(describeForm, values)
      await requireOwnWords(about, rumour, context)
      return described(rumour, about.trim(), context)
    }
    case 'answer':
      return answered(rumour, readForm(answerForm, values).with, context)
    case 'same':
      return joined(rumour, readForm(sameForm, values).which, context)
    case 'out':
      return takenOut(readForm(outForm, values).report, rumour, context)
  }
}

/** A rumor is described, never told again; and nobody is named by that. @throws InputError */
async function requireOwnWords(about: string, rumour: Rumour, { read, actor }: Context): Promise<void> {
  if (mask(about, actor.language, read.directory) !== about)
    throw new InputError({ about: phrase('rumour.form-personal') })
  const known = await Promise.all(rumour.incidents.slice(-mostRead).map(id => read.incidents.find(id)))
  if (known.some(one => one?.words.what != null && carriesPost(about, one.words.what)))
    throw new InputError({ about: phrase('rumour.form-quotes') })
}
