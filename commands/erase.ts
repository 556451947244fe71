import { askErasure, entrusted } from '../workflows/erasure.ts'
import { type Context, type Doing, defineCommand, tell } from './command.ts'

/** Erases whoever asks, once they have read what goes and what stays. */
export const erase = defineCommand({
  name: 'erase',
  summary: 'command.erase',
  permission: 'anyone',
  about: 'nothing',
  strangers: true,
  opens: 'work',
  private: true,
  run: async (request, context) =>
    request.words === 'confirm' ? doErase(context) : { type: 'view', view: await askErasure(context), private: true },
})

async function doErase({ read, actor }: Context): Promise<Doing> {
  return {
    type: 'do',
    action: { type: 'erase', person: actor.id, claims: await entrusted(actor.id, read.incidents) },
    say: () => tell('privacy.erased'),
  }
}
