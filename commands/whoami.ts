import { callsignProblem } from '../workflows/callsign.ts'
import type { Language, Role } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import { type Param, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { plainView } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Reply, tell } from './command.ts'

const languages: Readonly<Record<string, Language>> = {
  en: 'en',
  english: 'en',
  ingles: 'en',
  es: 'es',
  spanish: 'es',
  espanol: 'es',
}

/** Says how the network knows a person, and lets them change their call sign and language. */
export const whoami = defineCommand({
  name: 'whoami',
  summary: 'command.whoami',
  usage: 'usage.whoami',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const [, what = '', value = ''] = /^\s*(\S*)\s*(.*)$/su.exec(request.words) ?? []
    switch (plain(what)) {
      case '':
        return self(context)
      case 'callsign':
      case 'alias':
      case 'nombre':
        return rename(value.trim(), context)
      case 'language':
      case 'idioma':
        return speak(value, context)
      default:
        return tell('reply.whoami-unknown')
    }
  },
})

function self({ read, actor, now }: Context): Reply {
  const { directory } = read
  const regions =
    actor.regions === 'all'
      ? phrase('reply.all-regions')
      : actor.regions.map(code => directory.regions.find(region => region.code === code)?.name ?? code)
  const own = directory.duty.find(one => one.person === actor.id && one.until > now)
  const lines = [
    phrase('reply.whoami-callsign', { person: { person: actor.id } }),
    phrase('reply.whoami-roles', { roles: actor.roles.map(roleName), regions }),
    phrase('reply.whoami-language', { language: phrase(`reply.language-${actor.language}`) }),
    own ? phrase('reply.duty-is-on', { until: { date: own.until } }) : phrase('reply.duty-is-off'),
    phrase('reply.whoami-change'),
  ]
  return { type: 'view', view: plainView(lines), private: true }
}

function rename(callsign: string, { read, actor }: Context): Doing {
  const others = [...read.directory.people.values()].filter(person => person.id !== actor.id)
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

function roleName(role: Role): Param {
  return phrase(`reply.role-${role}`)
}
