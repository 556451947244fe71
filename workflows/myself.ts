import type { Actor } from './permission.ts'
import { type Param, type Phrase, phrase } from './phrase.ts'
import type { Read } from './ports.ts'
import { quietText } from './quiet.ts'
import { buttonId, type Line, type View } from './view.ts'

/** What the hub holds on whoever asks, in plain words, and how to change it. */
export async function selfView({ read, actor, now }: Asked): Promise<View> {
  const { directory } = read
  const held = await read.held(actor.id)
  const own = directory.duty.find(one => one.person === actor.id && one.until > now)
  const quiet = directory.people.get(actor.id)?.quiet ?? null
  const { reports, opened } = held
  const stranger = actor.roles.length === 0
  const language = phrase(`reply.language-${actor.language}`)
  const tools = [...new Set(held.platforms)].map((name): Param => phrase(`sight.tool-${name}`))
  const lines: readonly (Phrase | null)[] = [
    phrase('reply.whoami-callsign', { person: { person: actor.id } }),
    rolesText(actor, read),
    phrase('reply.whoami-language', { language }),
    own ? phrase('reply.duty-is-on', { until: { date: own.until } }) : stranger ? null : phrase('reply.duty-is-off'),
    quiet ? phrase('privacy.quiet-is', { hours: quietText(quiet) }) : null,
    phrase('privacy.self-accounts', { tools }),
    reports.count > 0
      ? phrase('privacy.self-reports', {
          count: reports.count,
          first: { date: reports.first ?? now },
          last: { date: reports.last ?? now },
        })
      : null,
    held.files > 0 ? phrase('privacy.self-files', { count: held.files }) : null,
    held.drafts > 0 ? phrase('privacy.self-drafts', { count: held.drafts }) : null,
    phrase(held.contact ? 'privacy.self-contact' : 'privacy.self-no-contact'),
    opened.length === 0 ? phrase('privacy.self-unopened') : null,
    ...opened.map(({ incident, by, at }) =>
      phrase('privacy.self-opened', { id: incident, person: { person: by }, time: { date: at } }),
    ),
  ]
  const notes = ['reply.whoami-change', 'account.self', 'privacy.self-change'] as const
  return {
    tone: 'plain',
    title: null,
    lines: [
      ...lines.flatMap((text): Line[] => (text ? [{ type: 'text', text }] : [])),
      ...notes.map((key): Line => ({ type: 'note', text: phrase(key) })),
    ],
    buttons: [{ id: buttonId('erase'), label: phrase('privacy.erase-open') }],
  }
}

type Asked = { readonly read: Read; readonly actor: Actor; readonly now: number }

function rolesText(actor: Actor, read: Read): Phrase {
  if (actor.roles.length === 0) return phrase('reply.whoami-outside')
  const roles = actor.roles.map(role => phrase(`reply.role-${role}`))
  return phrase('reply.whoami-roles', { roles, regions: regions(actor, read) })
}

function regions(actor: Actor, { directory }: Read): Param {
  if (actor.regions === 'all') return phrase('reply.all-regions')
  return actor.regions.map(code => directory.regions.find(region => region.code === code)?.name ?? code)
}
