import { messageFaults, modalFaults } from './rules.ts'
import {
  type Attachment,
  addMessage,
  type Component,
  type Json,
  type Message,
  numbered,
  Refusal,
  snowflake,
  type World,
} from './world.ts'

/** What somebody did, until it is answered. */
export type Pending = {
  readonly id: string
  readonly token: string
  readonly at: number
  readonly kind: 'command' | 'press' | 'modal' | 'choices'
  readonly account: string
  readonly channel: string
  /** What the bot answered first, by its number. */
  answered: number | null
  original: Message | null
  hidden: boolean
  readonly told: (what: Told) => void
}

/** What comes back to somebody: a form, choices, a message, or no more than that it was taken. */
export type Told =
  | { readonly type: 'modal'; readonly data: Json }
  | { readonly type: 'choices'; readonly choices: readonly { name: string; value: string }[] }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'deferred' | 'noted' | 'gone' }

/** The bot's side of interactions. */
export type Callbacks = ReturnType<typeof createCallbacks>

const ephemeral = 1 << 6

/** Makes what takes the answers to interactions: the first within three seconds, once; more for fifteen minutes. */
export function createCallbacks(
  world: World,
  { scale, patient }: { readonly scale: number; readonly patient: number },
  broke: (what: string) => void,
  lost: () => boolean,
) {
  const pending = new Map<string, Pending>()
  const byToken = new Map<string, Pending>()

  function open(one: Omit<Pending, 'id' | 'token' | 'at' | 'answered' | 'original' | 'hidden'>): Pending {
    const id = snowflake()
    const made: Pending = {
      ...{ ...one, id, token: `token-${id}`, at: Date.now(), answered: null, original: null, hidden: false },
    }
    pending.set(id, made)
    byToken.set(made.token, made)
    return made
  }

  function answer(id: string, token: string, { type, data }: Json): null {
    const one = pending.get(id)
    if (one?.token !== token) throw new Refusal(404, 10062, 'Unknown interaction')
    if (one.answered !== null) {
      if (!lost()) broke('a second first answer')
      throw new Refusal(400, 40060, 'Interaction has already been acknowledged.')
    }
    if (Date.now() - one.at > 3000 * patient) {
      broke(`an answer after ${Date.now() - one.at} ms`)
      throw new Refusal(404, 10062, 'Unknown interaction')
    }
    const given = (data ?? {}) as Json
    take(one, Number(type), given)
    one.answered = Number(type)
    return null
  }

  function take(one: Pending, type: number, data: Json): unknown {
    switch (type) {
      case 4:
        check(data)
        return show(one, data)
      case 5:
        if (Number(data.flags ?? 0) & ~ephemeral) broke('a deferred answer takes no flag but EPHEMERAL')
        one.hidden = (Number(data.flags ?? 0) & ephemeral) !== 0
        return one.told({ type: 'deferred' })
      case 6:
        if (one.kind !== 'press') refuse('only a press can be taken note of')
        return one.told({ type: 'noted' })
      case 8: {
        if (one.kind !== 'choices') refuse('choices answer only what is being typed')
        const choices = (data.choices ?? []) as { name: string; value: string }[]
        if (choices.length > 25) refuse(`${choices.length} choices, at most 25`)
        if (choices.some(choice => choice.name.length > 100 || choice.name === '')) refuse('the name of a choice')
        return one.told({ type: 'choices', choices })
      }
      case 9:
        if (one.kind === 'modal') refuse('a form cannot answer a form')
        for (const fault of modalFaults(data)) refuse(`a form: ${fault}`)
        return one.told({ type: 'modal', data })
      default:
        return refuse(`an answer of the type ${type}`)
    }
  }

  function refuse(what: string): never {
    broke(what)
    throw new Refusal(400, 50035, `Invalid Form Body: ${what}`)
  }

  function check(body: Json): void {
    for (const fault of messageFaults(body)) refuse(`a message: ${fault}`)
  }

  function show(one: Pending, body: Json): void {
    one.hidden = (Number(body.flags ?? 0) & ephemeral) !== 0
    one.original = made(one, body, one.hidden)
    addMessage(world, one.original)
    one.told({ type: 'message', message: one.original })
  }

  function made(one: Pending, body: Json, hidden: boolean): Message {
    return {
      ...{ id: snowflake(), channel_id: one.channel, author: world.bot, type: 20, content: String(body.content ?? '') },
      ...{
        timestamp: new Date().toISOString(),
        edited_timestamp: null,
        attachments: (body.attachments ?? []) as Attachment[],
      },
      components: numbered((body.components ?? []) as Component[]),
      flags: Number(body.flags ?? 0) | (hidden ? ephemeral : 0),
      ...(hidden ? { hidden: one.account } : {}),
    }
  }

  function alive(token: string): Pending {
    const one = byToken.get(token)
    if (!one) throw new Refusal(404, 10015, 'Unknown Webhook')
    if (Date.now() - one.at > 900_000 / scale) throw new Refusal(401, 50027, 'Invalid Webhook Token')
    if (one.answered === null) throw new Refusal(404, 10015, 'Unknown Webhook')
    return one
  }

  return {
    open,
    answer,
    change(token: string, body: Json): Message {
      const one = alive(token)
      check({ ...body, allowed_mentions: body.allowed_mentions ?? {} })
      if (!one.original) {
        if (one.answered !== 5) throw new Refusal(404, 10008, 'Unknown Message')
        one.original = made(one, body, one.hidden)
        addMessage(world, one.original)
      } else {
        one.original.components = numbered((body.components ?? []) as Component[])
        if (body.attachments) one.original.attachments = body.attachments as Attachment[]
      }
      one.told({ type: 'message', message: one.original })
      return one.original
    },
    remove(token: string): null {
      const one = alive(token)
      one.told({ type: 'gone' })
      return null
    },
    follow(token: string, body: Json): Message {
      const one = alive(token)
      check(body)
      const message = made(one, body, (Number(body.flags ?? 0) & ephemeral) !== 0)
      addMessage(world, message)
      return message
    },
    /** What was never answered, by its kind. */
    unanswered: () => [...pending.values()].filter(one => one.answered === null).map(one => one.kind),
  }
}
