import { type APIInteraction, type APIMessage, InteractionResponseType, MessageFlags, Routes } from 'discord.js'
import type { Image } from '../platform.ts'
import { codeOf } from './failure.ts'
import { attached, filesOf, privately, shown } from './message.ts'
import type { Modal } from './modal.ts'
import type { Body } from './render.ts'
import type { Ask, Rest } from './rest.ts'

/** The one answer that an interaction takes within three seconds, and what may follow it for fifteen minutes. */
export type Response = {
  /** What the person was told so far. */
  readonly state: () => 'waiting' | 'deferred' | 'done'
  /** Tells the person that work goes on; only they will see what comes of it. */
  defer(): Promise<void>
  /** Opens a form; only as the first answer. */
  modal(modal: Modal): Promise<void>
  /** Takes note of a press, and shows nothing. */
  note(): Promise<void>
  /** Shows messages: at once, or in place of "thinking". What is longer than one message follows. */
  show(bodies: readonly Body[], hidden: boolean, image?: Image): Promise<void>
  /** Takes "thinking" away. */
  unsay(): Promise<void>
  choices(choices: readonly { readonly name: string; readonly value: string }[]): Promise<void>
}

// A later answer is refused, and its person has gone on.
const firstMs = 2800
const pictureMs = 6000

/** Makes the response to an interaction. A lost answer is tried once more, and 40060 then means that it was done. */
export function createResponse(interaction: APIInteraction, rest: Rest): Response {
  const { id, token, application_id } = interaction
  const original = Routes.webhookMessage(application_id, token, '@original')
  let state: ReturnType<Response['state']> = 'waiting'
  let tried = false

  async function first(type: InteractionResponseType, data?: object, files: Pick<Ask, 'files'> = {}): Promise<void> {
    const again = tried
    tried = true
    const post = () => {
      const body = { type, ...(data ? { data } : {}) }
      return rest.post(Routes.interactionCallback(id, token), { body, auth: false, withinMs: firstMs, ...files })
    }
    try {
      // A socket that was closed in between is not tried again by the REST client.
      await post().catch(error => (codeOf(error) === null && isCut(error) ? post() : Promise.reject(error)))
    } catch (error) {
      // An earlier try came through, and only its answer was lost.
      if (codeOf(error) !== 40060 || again) throw error
    }
  }

  async function follow(body: Body, hidden: boolean, image: Image | undefined): Promise<void> {
    const said = attached(hidden ? privately(body) : shown(body), body, image)
    const ask = { body: said, auth: false, once: true, ...filesOf(body, image) } as const
    await rest.post<APIMessage>(Routes.webhook(application_id, token), ask)
  }

  return {
    state: () => state,
    async defer() {
      await first(InteractionResponseType.DeferredChannelMessageWithSource, { flags: MessageFlags.Ephemeral })
      state = 'deferred'
    },
    async modal(modal) {
      await first(InteractionResponseType.Modal, modal)
      state = 'done'
    },
    async note() {
      await first(InteractionResponseType.DeferredMessageUpdate)
      state = 'done'
    },
    async show(bodies, hidden, image) {
      const [body, ...more] = bodies
      if (!body) return
      const files = filesOf(body, image)
      if (state === 'waiting') {
        const said = attached(hidden ? privately(body) : shown(body), body, image)
        await first(InteractionResponseType.ChannelMessageWithSource, said, files)
      } else {
        // Whoever waits has the words soon, also where the picture does not get through.
        const patience = files.files ? { withinMs: pictureMs } : {}
        await rest.patch(original, { body: attached(shown(body), body, image), auth: false, ...files, ...patience })
      }
      state = 'done'
      for (const one of more) await follow(one, hidden, image)
    },
    async unsay() {
      await rest.delete(original, { auth: false })
      state = 'done'
    },
    async choices(choices) {
      await first(InteractionResponseType.ApplicationCommandAutocompleteResult, { choices })
      state = 'done'
    },
  }
}

function isCut(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } }
  return [code, cause?.code].some(one => one === 'UND_ERR_SOCKET' || one === 'ECONNRESET')
}
