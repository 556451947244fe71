import { called, callsignProblem } from '../workflows/callsign.ts'
import type { Language } from '../workflows/directory.ts'
import { askErasure } from '../workflows/erasure.ts'
import { InputError } from '../workflows/errors.ts'
import { selfView } from '../workflows/myself.ts'
import { type Param, phrase } from '../workflows/phrase.ts'
import { quietText, readQuiet } from '../workflows/quiet.ts'
import { plain } from '../workflows/spoken.ts'
import { limits, required } from '../workflows/typed.ts'
import { type Context, type Doing, defineCommand, type Reply, refuse, tell } from './command.ts'

const languages: Readonly<Record<string, Language>> = {
  en: 'en',
  english: 'en',
  ingles: 'en',
  es: 'es',
  spanish: 'es',
  espanol: 'es',
}
const none = new Set(['off', 'no', 'none', 'delete', 'apagar', 'ninguno', 'ninguna', 'nada', 'borrar'])

/** Says what the network holds on a person, and lets them correct it, be left in peace at night, or be erased. */
export const whoami = defineCommand({
  name: 'whoami',
  summary: 'command.whoami',
  usage: 'usage.whoami',
  permission: 'anyone',
  about: 'nothing',
  strangers: true,
  opens: 'work',
  private: true,
  subs: {
    link: 'link',
    join: 'link',
    vincular: 'link',
    unir: 'link',
    enlazar: 'link',
    unlink: 'unlink',
    desvincular: 'unlink',
    separar: 'unlink',
    stop: 'stop',
    parar: 'stop',
    start: 'start',
    empezar: 'start',
    platform: 'prefer',
    tool: 'prefer',
    plataforma: 'prefer',
    herramienta: 'prefer',
  },
  run: async (request, context) => {
    const [, what = '', rest = ''] = /^\s*(\S*)\s*(.*)$/su.exec(request.words) ?? []
    const value = rest.trim()
    switch (plain(what)) {
      case '':
        return { type: 'view', view: await selfView(context), private: true }
      case 'callsign':
      case 'alias':
      case 'nombre':
        return rename(value, context)
      case 'language':
      case 'idioma':
        return speak(value, context)
      case 'quiet':
      case 'silencio':
        return silence(value, context)
      case 'contact':
      case 'contacto':
        return reach(value, context)
      case 'erase':
      case 'borrar':
        return { type: 'view', view: await askErasure(context), private: true }
      default:
        return tell('reply.whoami-unknown')
    }
  },
})

function silence(value: string, { actor }: Context): Doing {
  const quiet = none.has(plain(value)) ? null : readQuiet(value)
  if (!quiet && !none.has(plain(value))) throw new InputError({ words: phrase('privacy.quiet-unknown') })
  return {
    type: 'do',
    action: { type: 'quiet', person: actor.id, quiet },
    say: () => (quiet ? tell('privacy.quiet-set', { hours: quietText(quiet) }) : tell('privacy.quiet-off')),
  }
}

function reach(value: string, { actor }: Context): Doing {
  const contact = none.has(plain(value)) ? null : required('words', value, limits.where, 'privacy.contact-empty')
  return {
    type: 'do',
    action: { type: 'contact', person: actor.id, contact },
    say: () => tell(contact === null ? 'privacy.contact-off' : 'privacy.contact-set'),
  }
}

function rename(callsign: string, { read, actor }: Context): Doing | Reply {
  const { people } = read.directory
  // What they are called is hidden, and comes back when they are shown again.
  if (people.get(actor.id)?.hidden) return refuse('shield.no-rename')
  const others = called({ ...read.directory, people: new Map([...people].filter(([id]) => id !== actor.id)) })
  const problem = callsignProblem(callsign, others)
  if (problem) throw new InputError({ words: phrase(`reply.callsign-${problem}`) })
  return {
    type: 'do',
    action: { type: 'callsign', person: actor.id, callsign },
    say: () => tell('reply.callsign-set', { callsign: { words: callsign } }),
  }
}

function speak(value: string, { read, actor }: Context): Doing {
  const language = languages[plain(value)]
  const spoken = read.directory.languages
  if (!language || !spoken.includes(language)) {
    const names = spoken.map((one): Param => phrase(`reply.language-${one}`))
    throw new InputError({ words: phrase('reply.language-unknown', { languages: names }) })
  }
  return {
    type: 'do',
    action: { type: 'language', person: actor.id, language },
    say: () => tell('reply.language-set', { language: phrase(`reply.language-${language}`) }),
  }
}
