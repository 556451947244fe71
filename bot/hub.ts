import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Command, Context, Reply, Request } from '../commands/command.ts'
import type { Form, OpenForm } from '../commands/form.ts'
import type { Store } from '../db/store.ts'
import { HubError, InputError, RuleError, StoreError } from '../workflows/errors.ts'
import { type Actor, refusal } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Known, Read } from '../workflows/ports.ts'
import type { Places } from '../workflows/routing.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { fitView } from '../workflows/text/fit.ts'
import type { DueTimer } from '../workflows/timer.ts'
import { type Asking, keyOf, newFormId, type Spoken, speak, takeId, wordsOf } from './asking.ts'
import { type Kept, keepFiles, nothingKept } from './attachments.ts'
import { type Identity, identify, readerOf } from './identify.ts'
import type { Answer, Interaction, Receive } from './platform.ts'
import { settle } from './settle.ts'
import { handleTalk, retryTalk } from './talk.ts'
import { transact } from './transact.ts'

/** Everything the hub works with; `clock` gives epoch ms, `wake` is called after every commit. */
export type HubOptions = {
  readonly store: Store
  readonly commands: readonly Command[]
  readonly taxonomy: Taxonomy
  readonly places: Places
  readonly clock: () => number
  readonly wake: () => void
  /** Sends an answer after the fact, to whoever asked. */
  readonly tell: (asked: Interaction, answer: Answer) => Promise<void>
  readonly log: Logger
  readonly pause: (ms: number) => Promise<void>
}

/** The only way in: people and platforms through `receive`, clocks through `fire`, stored messages through `work`. */
export type Hub = {
  readonly receive: Receive
  /** Lets a due clock decide; fires once, whoever else fires it too. */
  readonly fire: (timer: DueTimer) => Promise<void>
  /** Handles stored messages that are due, such as those that a crash left. Returns how many it handled. */
  readonly work: () => Promise<number>
}

const draftLife = 24 * 60 * 60_000
// A platform wants the form within three seconds.
const draftWait = 1000

/** Makes the hub: key, who is it, may they, run, decide, commit, reply; one path for every interaction. */
export function createHub(options: HubOptions): Hub {
  const { store, log, clock } = options
  const commands = new Map(options.commands.map(command => [command.name, command]))

  async function receive(interaction: Interaction): Promise<Answer> {
    const now = clock()
    let identity: Identity = { actor: null, room: null }
    try {
      identity = await identify(interaction, store)
      return answerTo(identity, await answer(interaction, identity, now), now)
    } catch (error) {
      return answerTo(identity, failed(error, interaction, now), now)
    }
  }

  function answerTo({ actor, room }: Identity, reply: Reply, now: number): Answer {
    const reader = readerOf(actor, room, store.roster.directory(), now)
    return { reply: reply.type === 'view' ? { ...reply, view: fitView(reply.view, reader) } : reply, reader }
  }

  async function answer(interaction: Interaction, { actor, room }: Identity, now: number): Promise<Reply> {
    if (interaction.type === 'message') return talk(interaction, { actor, room }, now)
    if (!actor) return { type: 'refused', phrase: phrase('hub.stranger') }
    const asked = await understand(interaction, actor)
    if (!('command' in asked)) return asked
    if (interaction.type === 'draft') return keepDraft(interaction, actor, now)
    const { command, request } = asked
    const context = contextOf(actor, room, now)
    if (opensForm(command, request)) return openForm(command, request, context)
    return run(command, request, context, interaction)
  }

  async function talk(interaction: Extract<Interaction, { type: 'message' }>, identity: Identity, now: number) {
    const reply = await handleTalk(interaction, identity, now, options)
    options.wake()
    return reply
  }

  /** Which command is meant, about which incident, and whether this person may. */
  async function understand(
    interaction: Asking,
    actor: Actor,
  ): Promise<{ command: Command; request: Request } | Reply> {
    const spoken = speak(interaction)
    const command = commands.get(spoken.name)
    if (!command) return { type: 'refused', phrase: phrase('hub.no-command', { name: { words: spoken.name } }) }
    const found = await findIncident(command, spoken, interaction)
    if (found.missing) return { type: 'refused', phrase: found.missing }
    const no = mayNot(command, actor, found.known)
    if (no) return { type: 'refused', phrase: no }
    const { from, assumed, values } = spoken
    const request = {
      from,
      assumed,
      values,
      words: found.words,
      incident: found.known,
      files: [],
      evidence: nothingKept,
    }
    return { command, request }
  }

  async function findIncident(command: Command, spoken: Spoken, interaction: Interaction): Promise<Found> {
    if (command.about === 'nothing') return { known: null, words: spoken.about || spoken.words, missing: null }
    const typed = takeId(spoken.about || spoken.words, store.roster.directory())
    const id = typed.id ?? (interaction.message && (await store.cards.at(interaction.platform, interaction.message)))
    if (!id) {
      const missing = command.about === 'incident' ? phrase('hub.which-incident', { command: command.name }) : null
      return { known: null, words: spoken.words, missing }
    }
    const known = await store.incidents.find(id)
    const words = typed.id ? [typed.rest, spoken.about ? spoken.words : ''].join(' ').trim() : spoken.words
    return { known, words, missing: known ? null : phrase('refusal.unknown', { id }) }
  }

  function mayNot(command: Command, actor: Actor, known: Known | null): Phrase | null {
    const incident = known?.incident ?? null
    const region = store.roster.directory().regions.find(each => each.code === incident?.region)?.name
    return refusal(command.permission, actor, incident, region ?? incident?.region ?? '')
  }

  function contextOf(actor: Actor, room: Identity['room'], now: number): Context {
    const read: Read = {
      incidents: store.incidents,
      directory: store.roster.directory(),
      places: options.places,
      taxonomy: options.taxonomy,
      draft: (person, name) => soon(store.drafts.latest(person, name, now - draftLife)),
    }
    return { read, actor, room, now }
  }

  /** A draft only helps: where it cannot be read, or not soon, the form opens without it. */
  function soon<T>(draft: Promise<T | null>): Promise<T | null> {
    const given = draft.catch(error => {
      log.warn({ err: error }, 'a draft could not be read')
      return null
    })
    return Promise.race([given, options.pause(draftWait).then(() => null)])
  }

  async function openForm(command: Command, request: Request, context: Context): Promise<Reply> {
    const opening = (await command.open?.(request, context)) ?? {}
    if ('type' in opening) return opening
    const form = command.form as Form
    const opened: OpenForm = {
      id: newFormId(context.now),
      command: command.name,
      about: [request.incident?.incident.id ?? '', request.assumed].join(':').replace(/:$/, ''),
      form: { ...form, fields: withChoices(form.fields, opening.choices ?? {}) },
      notice: opening.notice ?? null,
      values: opening.values ?? {},
      errors: {},
    }
    return { type: 'form', form: opened }
  }

  async function run(command: Command, request: Request, context: Context, interaction: Asking): Promise<Reply> {
    const key = keyOf(interaction, context.actor)
    if ('files' in interaction && interaction.files.length > 0) {
      const first = await store.inbox.answer(key)
      if (first !== undefined) return (first ?? { type: 'nothing' }) as Reply
    }
    try {
      const kept = await keepFiles(interaction, context.actor, context.now, store)
      const outcome = await command.run({ ...request, ...kept }, context)
      if (outcome.type !== 'do') return outcome
      return await commit(outcome, request, context, interaction, key, kept)
    } catch (error) {
      if (interaction.type !== 'submission') throw error
      return refuseForm(error, command, request, interaction, context)
    }
  }

  async function commit(
    { action, say }: Extract<Awaited<ReturnType<Command['run']>>, { type: 'do' }>,
    request: Request,
    { actor, now }: Context,
    interaction: Interaction,
    key: string,
    kept: Kept,
  ): Promise<Reply> {
    const draft = interaction.type === 'submission' ? { draft: interaction.command } : {}
    const words = request.incident?.words ?? { what: null, where: null }
    const unit = { key, actor, now, action, words, say, files: kept.files, ...draft }
    try {
      return await done(transact(unit, options))
    } catch (error) {
      if (error instanceof StoreError && error.outcome === 'unknown') {
        void settle(
          () => done(transact(unit, options)),
          reply => tellLater(interaction, actor, reply),
          options,
        )
      }
      throw error
    }
  }

  async function done(work: Promise<Reply>): Promise<Reply> {
    const reply = await work
    options.wake()
    return reply
  }

  /** What could not be said at once goes as a direct message, unless the reporter asked not to be written to. */
  async function tellLater(interaction: Interaction, actor: Actor, reply: Reply): Promise<void> {
    if ('values' in interaction && (interaction.values.contact ?? 'yes') !== 'yes') return
    const reader = readerOf(actor, null, store.roster.directory(), clock())
    await options.tell(interaction, { reply, reader })
  }

  /** A refused form stands there again, filled, with the reason; what was typed is a draft from then on. */
  async function refuseForm(
    error: unknown,
    command: Command,
    request: Request,
    interaction: Extract<Interaction, { type: 'submission' }>,
    context: Context,
  ): Promise<Reply> {
    if (!command.form || !(error instanceof InputError || error instanceof RuleError)) throw error
    await keepDraft(interaction, context.actor, context.now)
    const again = await openForm(command, request, context)
    if (again.type !== 'form') return again
    const { form, values, about } = interaction
    const errors = error instanceof InputError ? error.fields : {}
    const notice = error instanceof RuleError ? error.phrase : null
    return { type: 'form', form: { ...again.form, id: form, about, notice, values, errors } }
  }

  async function keepDraft(
    interaction: Extract<Interaction, { type: 'submission' | 'draft' }>,
    actor: Actor,
    now: number,
  ): Promise<Reply> {
    const { form, command, about, values } = interaction
    await store.drafts.save(actor.id, { form: form as never, name: command, about, values, savedAt: now })
    return { type: 'nothing' }
  }

  function failed(error: unknown, interaction: Interaction, now: number): Reply {
    if (error instanceof RuleError) return { type: 'refused', phrase: error.phrase }
    if (error instanceof InputError)
      return { type: 'failed', phrase: Object.values(error.fields)[0] as Phrase, words: wordsOf(interaction) }
    const reference = randomUUID().slice(0, 8)
    if (error instanceof HubError) log.warn({ reference, reason: error.message, asked: interaction.type }, 'not kept')
    else log.error({ reference, err: error, asked: interaction.type }, 'failed')
    const unsure = error instanceof StoreError && error.outcome === 'unknown'
    const said = phrase(unsure ? 'hub.unsure' : 'hub.not-received', { time: { time: now }, reference })
    return { type: 'failed', phrase: said, words: wordsOf(interaction) }
  }

  async function fire(timer: DueTimer): Promise<void> {
    const known = await store.incidents.find(timer.incident)
    await transact(
      {
        key: null,
        actor: null,
        now: clock(),
        action: { type: 'incident', about: timer.incident, do: { type: 'clock', clock: timer.clock } },
        words: known?.words ?? { what: null, where: null },
        timer,
        say: () => ({ type: 'nothing' }),
      },
      options,
    )
    options.wake()
  }

  async function work(): Promise<number> {
    const due = await store.inbox.due(clock(), 60_000, 20)
    for (const message of due) await retryTalk(message, clock(), options)
    if (due.length > 0) options.wake()
    return due.length
  }

  return { receive, fire, work }
}

type Found = { readonly known: Known | null; readonly words: string; readonly missing: Phrase | null }

function opensForm(command: Command, request: Request): boolean {
  if (request.from === 'form' || !command.form) return false
  return (typeof command.opens === 'function' ? command.opens(request) : command.opens) === 'form'
}

function withChoices(fields: Form['fields'], choices: NonNullable<Choices>): Form['fields'] {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const offered = choices[name]
      return [name, offered && 'choices' in field ? { ...field, choices: offered } : field]
    }),
  )
}

type Choices = Readonly<Record<string, Extract<Form['fields'][string], { type: 'choice' }>['choices']>>
