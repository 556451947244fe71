import { versionNamed, worksOnMessages } from '../workflows/library/find.ts'
import { readMessageId } from '../workflows/library.ts'
import { phrase } from '../workflows/phrase.ts'
import { defineCommand, refuse, shelve, tell } from './command.ts'
import { defineForm, readForm, reasonField } from './form.ts'

const form = defineForm({
  title: phrase('library.back-title'),
  submit: phrase('library.back-title'),
  fields: { reason: reasonField('library.back-why', 'library.back-hint', 1000) },
})

/** Sends a version of a prepared message back to whoever wrote it, with what must change. */
export const sendback = defineCommand({
  name: 'sendback',
  summary: 'command.sendback',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form,
  open: async ({ words, assumed }, { actor }) => {
    const id = readMessageId(words)
    if (!worksOnMessages(actor)) return refuse('library.who')
    return id ? { about: id, assumed } : refuse('library.unknown', { words: { words } })
  },
  run: async ({ words, assumed, values }, { read, actor }) => {
    const { message } = await versionNamed(words, Number(assumed) || 0, { read, actor })
    if (message.state !== 'waiting') return refuse('library.changed', { id: message.id })
    const { reason } = readForm(form, values)
    const { version } = message
    return shelve({ type: 'reject', id: message.id, version, reason, title: message.title }, () =>
      tell('library.rejected', { id: message.id, version }),
    )
  },
})
