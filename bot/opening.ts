import type { Command, Context, Reply, Request } from '../commands/command.ts'
import type { Form, OpenForm } from '../commands/form.ts'
import type { Store } from '../db/store.ts'
import { InputError, RuleError } from '../workflows/errors.ts'
import type { Actor } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { type Asking, newFormId } from './asking.ts'

/** A form that was sent in, with what it was opened for. */
export type Sent = {
  readonly command: Command
  readonly request: Request
  readonly interaction: Extract<Asking, { type: 'submission' }>
  readonly context: Context
}

/** Whether the answer is a form, told before anything is read. */
export function opensForm(command: Command, request: Request): boolean {
  if (request.from === 'form' || !command.form) return false
  return (typeof command.opens === 'function' ? command.opens(request) : command.opens) === 'form'
}

/**
 * The form of a command, filled as the command says; or the command's answer, where a form makes no sense. Null: there
 * is nothing to ask, and it is to be run.
 */
export async function openForm(command: Command, request: Request, context: Context): Promise<Reply | null> {
  const opening = (await command.open?.(request, context)) ?? {}
  if (opening === 'run') return null
  if ('type' in opening) return opening
  const form = opening.form ?? (command.form as Form)
  const about = [request.incident?.incident.id ?? opening.about ?? '', opening.assumed ?? request.assumed]
    .join(':')
    .replace(/:$/, '')
  const opened: OpenForm = {
    id: newFormId(context.now),
    command: command.name,
    about,
    form: { ...form, fields: withChoices(form.fields, opening.choices ?? {}, opening.without) },
    notice: opening.notice ?? null,
    values: opening.values ?? {},
    errors: {},
  }
  const goesOn = opening.about !== undefined && opening.assumed !== undefined
  return { type: 'form', form: goesOn ? await goOn(opened, context) : opened }
}

/** What was typed into the same form about the same thing as it stands, and not sent, stands there again. */
async function goOn(opened: OpenForm, { read, actor }: Context): Promise<OpenForm> {
  const draft = await read.draft(actor.id, opened.command)
  if (draft?.about !== opened.about) return opened
  const left = Object.entries(draft.values as OpenForm['values']).filter(
    ([name, value]) => name in opened.form.fields && String(value) !== String(opened.values[name] ?? ''),
  )
  if (left.length === 0) return opened
  const resumed = phrase('broadcast.form-draft', { time: { time: draft.savedAt } })
  const notice = opened.notice ? phrase('broadcast.both', { one: resumed, two: opened.notice }) : resumed
  return { ...opened, notice, values: { ...opened.values, ...Object.fromEntries(left) } }
}

/**
 * A refused form stands there again, filled, with the reason; what was typed is a draft from then on.
 * @throws whatever else went wrong
 */
export async function refuseForm(error: unknown, sent: Sent, store: Store): Promise<Reply> {
  const { command, request, interaction, context } = sent
  if (!command.form || !(error instanceof InputError || error instanceof RuleError)) throw error
  await keepDraft(interaction, context.actor, context.now, store)
  const again = await openForm(command, request, context)
  if (!again) throw error
  if (again.type !== 'form') return again
  const { form, values, about } = interaction
  const errors = error instanceof InputError ? error.fields : refusedAt(again.form, error.phrase)
  return { type: 'form', form: { ...again.form, id: form, about, notice: null, values, errors } }
}

/** What refuses the whole stands as the reason at the first field: a notice may have to stand in a hint's place. */
function refusedAt({ form }: OpenForm, reason: Phrase): OpenForm['errors'] {
  const [first = ''] = Object.keys(form.fields)
  return { [first]: reason }
}

/** Keeps what was typed so far, for a day. */
export async function keepDraft(
  interaction: Extract<Asking, { type: 'submission' | 'draft' }>,
  actor: Actor,
  now: number,
  store: Store,
): Promise<Reply> {
  // Of somebody whom nobody here knows yet nothing is kept; what they typed still stands in their form.
  if (!store.roster.directory().people.has(actor.id)) return { type: 'nothing' }
  const { form, command, about, values } = interaction
  await store.drafts.save(actor.id, { form: form as never, name: command, about, values, savedAt: now })
  return { type: 'nothing' }
}

function withChoices(
  fields: Form['fields'],
  choices: NonNullable<Choices>,
  without: readonly string[] = [],
): Form['fields'] {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !without.includes(name))
      .map(([name, field]) => {
        const offered = choices[name]
        return [name, offered && 'choices' in field ? { ...field, choices: offered } : field]
      }),
  )
}

type Choices = Readonly<Record<string, Extract<Form['fields'][string], { type: 'choice' }>['choices']>>
