import type { Logger } from 'pino'
import type { Command, Context, Done, OneTimeLink, Reply, Request, Showing } from '../commands/command.ts'
import type { Action } from '../workflows/action.ts'
import { ConflictError, InputError, RuleError, StoreError } from '../workflows/errors.ts'
import type { PersonId } from '../workflows/ids.ts'
import type { Actor } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { fitView } from '../workflows/text/fit.ts'
import type { DueTimer } from '../workflows/timer.ts'
import { awaitCard, CardUnsettledError } from './arriving.ts'
import { type Asking, keyOf, wordsOf } from './asking.ts'
import { type Kept, keepFiles, letGo } from './attachments.ts'
import { createContact } from './contact.ts'
import { createEntry } from './entry.ts'
import { asksOfDrill, exerciseReply } from './exercise.ts'
import { failureReply } from './failure.ts'
import { keepGroups } from './groups.ts'
import { type Identity, identify, readerOf } from './identify.ts'
import type { Intake } from './intake.ts'
import type { Likenesses } from './likeness.ts'
import type { Media } from './media/media.ts'
import { keepDraft, openForm, opensForm, refuseForm } from './opening.ts'
import type { Answer, Interaction, Receive } from './platform.ts'
import { patienceOf } from './rates.ts'
import { createReads, type ReadsOptions } from './reads.ts'
import { type Afterthought, handleAfterthought } from './reword.ts'
import { ring } from './ring.ts'
import { answerInTime, type Patience, waitingView } from './saving.ts'
import { asSaid } from './saying.ts'
import { followUp, leaseBatch } from './sequel.ts'
import { settle } from './settle.ts'
import { handleTalk, retryTalk } from './talk.ts'
import { transact } from './transact.ts'
import { understand } from './understand.ts'

/** Everything the hub works with; `clock` gives epoch ms, `wake` is called after every commit. */
export type HubOptions = ReadsOptions & {
  readonly commands: readonly Command[]
  readonly clock: () => number
  readonly wake: () => void
  /** Puts an answer in the place of the direct message that asked, where that can be edited; never rejects. */
  readonly replace: (asked: Interaction, answer: Answer) => Promise<void>
  readonly media: Media
  /** Takes up what platforms kept and nobody has handled yet. */
  readonly intake: Pick<Intake, 'again' | 'room'>
  /** Asks, after a report was committed, whether it is the same event as another. */
  readonly likeness: Pick<Likenesses, 'ask'>
  /** Makes the one-time link to something that this person may look at. */
  readonly link: (showing: Showing, actor: Actor, now: number) => Promise<OneTimeLink>
  /** Makes somebody's link to their calendar; null where none may be given out. */
  readonly feed?: (person: PersonId, now: number) => Promise<OneTimeLink | null>
  readonly log: Logger
}

/** Who asks, and how they are to be known if this is their first report. */
type Asked = Context & Pick<Identity, 'newcomer'> & { readonly settled: Settled }

/** Settles a commit, however long it takes; whoever asked is answered meanwhile. */
type Settled = <T>(work: () => Promise<T>) => Promise<T>

/** The only way in: people and platforms through `receive`, clocks through `fire`, stored messages through `work`. */
export type Hub = {
  readonly receive: Receive
  /** Lets a due clock decide; fires once, whoever else fires it too. */
  readonly fire: (timer: DueTimer) => Promise<void>
  /** Handles stored messages that are due, such as those that a crash left. Returns how many it handled. */
  readonly work: () => Promise<number>
}

// The last answer holds: whoever presses yes, no and yes again on the same message means yes.
function countsAgain(action: Action, { type }: Interaction): boolean {
  return action.type === 'answer' && type === 'press'
}

// How many stored messages are taken in hand together.
const atOnce = 100
// For how long it is tried to keep what a form said that could not be kept.
const draftFor = 60 * 60_000
// How often a call sign is looked for again for somebody new.
const mostNames = 4
const nothing: Reply = { type: 'nothing' }

/** Makes the hub: key, who is it, may they, run, decide, commit, reply; one path for every interaction. */
export function createHub(options: HubOptions): Hub {
  const { store, log, clock } = options
  const requirePatience = patienceOf(store)
  const entry = createEntry(options)
  const contact = createContact(options)
  const reads = createReads(options)
  const commands = new Map(options.commands.map(command => [command.name, command]))

  function receive(interaction: Interaction): Promise<Answer> {
    const { pause, giveUp = pause } = options
    return answerInTime(patience => heard(asSaid(interaction), patience), { pause, giveUp })
  }

  async function heard(interaction: Interaction, { commit }: Patience): Promise<Answer> {
    const now = clock()
    let identity: Identity = { actor: null, room: null }
    const wait = (doubtful: boolean) => {
      const reply = { type: 'view', view: waitingView(doubtful, wordsOf(interaction)), private: true } as const
      return answerTo(identity, reply, now, interaction)
    }
    const settled: Settled = work => commit(work, wait)
    try {
      // Of a form nobody has the words but the hub: what comes before its commit is tried again, too.
      const sent = interaction.type === 'submission' && interaction.files.length === 0
      return await (sent ? settled(take) : take())
    } catch (error) {
      if (error instanceof CardUnsettledError) throw error
      if (interaction.type === 'submission' && identity.actor) void keepLater(interaction, identity.actor, error)
      return answerTo(identity, failureReply(error, interaction, now, log), now, interaction)
    }

    async function take(): Promise<Answer> {
      for (let attempt = 1; ; attempt++) {
        await keepGroups(interaction, store, now)
        identity = await identify(interaction, store)
        await awaitCard(interaction, identity.room, { store, pause: options.pause, now })
        const entered = await entry.take(interaction, identity, now)
        // Whoever came in by it reads the answer as who they are now.
        if (entered) return answerTo(await identify(interaction, store), entered, now, interaction)
        try {
          const reply = await answer(interaction, identity, now, settled)
          return answerTo(identity, await contact.welcome(interaction, identity.actor, reply), now, interaction)
        } catch (error) {
          // Two first reports of the same stranger at once: the second finds them known.
          if (!(error instanceof ConflictError) || !identity.newcomer || attempt === mostNames) throw error
          await store.roster.refresh()
        }
      }
    }
  }

  /** What a form said that could not be kept is a draft as soon as the database is back. */
  async function keepLater(sent: Extract<Asking, { type: 'submission' }>, actor: Actor, error: unknown): Promise<void> {
    if (!(error instanceof StoreError)) return
    const keep = () => keepDraft(sent, actor, sent.at, store)
    await settle(keep, { pause: options.pause, forMs: draftFor }).catch(err => log.warn({ err }, 'a draft was lost'))
  }

  function answerTo({ actor, room, language }: Identity, said: Reply, now: number, asked: Interaction): Answer {
    const reader = readerOf(actor, room, store.roster.directory(), now, language)
    const reply = exerciseReply(said, asksOfDrill(asked))
    return { reply: reply.type === 'view' ? { ...reply, view: fitView(reply.view, reader) } : reply, reader }
  }

  async function answer(interaction: Interaction, identity: Identity, now: number, settled: Settled): Promise<Reply> {
    const { actor, room, newcomer } = identity
    // What people say where the network has no room is none of its business.
    if (interaction.type === 'message' && interaction.room !== null && !room) return nothing
    if (interaction.type === 'message') return talk(interaction, { actor, room }, now)
    if (interaction.type === 'edited' || interaction.type === 'deleted') return rethought(interaction, identity, now)
    if (!actor) return { type: 'refused', phrase: phrase('hub.stranger') }
    const asked = await understand(interaction, actor, commands, store)
    if (!('command' in asked)) return asked
    if (interaction.type === 'draft') return newcomer ? nothing : keepDraft(interaction, actor, now, store)
    const { command, request } = asked
    const context = contextOf(actor, room, now, interaction)
    const whole = { ...context, settled, ...(newcomer ? { newcomer } : {}) }
    if (request.incident?.incident.drill === undefined) return act(command, request, whole, interaction)
    // What is typed in the thread of something made up names it nowhere.
    return inExercise(act(command, request, whole, interaction), interaction, now)
  }

  function inExercise(said: Promise<Reply>, interaction: Asking, now: number): Promise<Reply> {
    const refused = (error: unknown): Reply => {
      if (!(error instanceof RuleError || error instanceof InputError)) throw error
      return failureReply(error, interaction, now, log)
    }
    return said.catch(refused).then(reply => exerciseReply(reply, true))
  }

  async function act(command: Command, request: Request, context: Asked, interaction: Asking): Promise<Reply> {
    const opened = opensForm(command, request) ? await openForm(command, request, context) : null
    return opened ?? run(command, request, context, interaction)
  }

  async function talk(interaction: Extract<Interaction, { type: 'message' }>, identity: Identity, now: number) {
    const reply = await handleTalk(interaction, identity, now, options)
    options.wake()
    return reply
  }

  async function rethought(interaction: Afterthought, identity: Identity, now: number) {
    const reply = await handleAfterthought(interaction, identity, now, options)
    options.wake()
    return reply
  }

  function contextOf(actor: Actor, room: Identity['room'], now: number, asked: Asking): Context {
    const { platform, room: address, roomName: name = null } = asked
    return { read: reads(now), actor, room, now, ...(address === null ? {} : { here: { platform, address, name } }) }
  }

  async function run(command: Command, request: Request, context: Asked, interaction: Asking): Promise<Reply> {
    const key = keyOf(interaction, context.actor)
    if ('files' in interaction && interaction.files.length > 0) {
      const first = await store.inbox.answer(key)
      if (first !== undefined) return (first ?? { type: 'nothing' }) as Reply
    }
    let kept: Kept | null = null
    try {
      const about = request.incident?.incident.id ?? null
      kept = await keepFiles(interaction, context.actor, about, context.now, options)
      const outcome = await command.run(
        { ...request, files: kept.files.map(file => file.id), evidence: kept.evidence },
        context,
      )
      if (outcome.type === 'show') return outcome.say(await options.link(outcome, context.actor, context.now))
      if (outcome.type === 'issue') return await entry.issue(outcome, context.now)
      if (outcome.type === 'lease') return await leaseBatch(outcome, null, context, store)
      if (outcome.type !== 'do') return outcome
      await requirePatience(outcome.action, context.actor, context.newcomer !== undefined, context.now)
      const committed = commit(outcome, request, context, interaction, key, kept)
      const madeUp = outcome.known?.incident.drill !== undefined && interaction.type !== 'submission'
      const said = await (madeUp ? inExercise(committed, interaction, context.now) : committed)
      if (!outcome.sequel) return said
      return await followUp(outcome.sequel, said, { request, context, interaction }, options)
    } catch (error) {
      if (kept && (error instanceof InputError || error instanceof RuleError))
        await letGo(kept.files, context.now, store)
      if (interaction.type !== 'submission') throw error
      return refuseForm(error, { command, request, interaction, context }, store)
    }
  }

  async function commit(
    { action, say, known }: Extract<Awaited<ReturnType<Command['run']>>, { type: 'do' }>,
    request: Request,
    { actor, now, newcomer, settled }: Asked,
    interaction: Interaction,
    key: string,
    kept: Kept,
  ): Promise<Reply> {
    const draft = interaction.type === 'submission' ? { draft: interaction.command } : {}
    const words = (request.incident ?? known)?.words ?? { what: null, where: null }
    let filed: Done = { incident: null, entries: [] }
    const unit = {
      key: countsAgain(action, interaction) ? null : key,
      actor,
      now,
      action,
      words,
      say: (done: Done) => {
        filed = done
        return say(done)
      },
      files: kept.files,
      fetches: kept.fetches,
      ...draft,
      ...(newcomer ? { newcomer } : {}),
    }
    // Nothing goes out because of a plain answer, and hundreds of them come in a second.
    const silent = action.type === 'answer' && action.report === null
    const reply = await settled(() => (silent ? transact(unit, options) : done(transact(unit, options))))
    return filed.incident ? await options.likeness.ask(reply, filed.entries, filed.incident) : reply
  }

  async function done(work: Promise<Reply>): Promise<Reply> {
    const reply = await work
    options.wake()
    return reply
  }

  async function fire(timer: DueTimer): Promise<void> {
    await ring(timer, options)
    options.wake()
  }

  async function work(): Promise<number> {
    // Each batch costs a commit, so that none is taken for a few; soon there is room for many.
    if (options.intake.room() < atOnce) return 0
    const due = await store.inbox.due(clock(), 60_000, atOnce)
    for (const message of due) if (!options.intake.again(message)) await retryTalk(message, clock(), options)
    if (due.length > 0) options.wake()
    return due.length
  }

  return { receive, fire, work }
}
