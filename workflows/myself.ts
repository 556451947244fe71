import { personAsking, type Wishes } from './directory.ts'
import type { Held } from './held.ts'
import { leaveButton } from './library/kit.ts'
import type { Actor } from './permission.ts'
import { type Param, type Phrase, phrase } from './phrase.ts'
import type { Read } from './ports.ts'
import { quietText } from './quiet.ts'
import { type Button, buttonId, type Line, type View } from './view.ts'
import { preferButton, startButton, stopButton } from './wish.ts'

/** What the hub holds on whoever asks, in plain words, and how to change it. */
export async function selfView({ read, actor, now }: Asked): Promise<View> {
  const { directory } = read
  const held = await read.held(actor.id)
  const carrying = await read.messengers.of(actor.id)
  const own = directory.duty.find(one => one.person === actor.id && one.until > now)
  const self = personAsking(directory, actor.id)
  const quiet = self?.quiet ?? null
  const wishes = self?.wishes ?? {}
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
    ...(stranger ? [] : wishLines(wishes)),
    phrase('privacy.self-accounts', { tools }),
    reports.count > 0
      ? phrase('privacy.self-reports', {
          count: reports.count,
          first: { date: reports.first ?? now },
          last: { date: reports.last ?? now },
        })
      : null,
    held.files > 0 ? phrase('privacy.self-files', { count: held.files }) : null,
    ...castLines(held.broadcasts),
    ...carrying.map(one => phrase('messenger.self', { id: one.id, community: { words: one.community } })),
    held.asides > 0 ? phrase('privacy.self-asides', { count: held.asides }) : null,
    held.drafts > 0 ? phrase('privacy.self-drafts', { count: held.drafts }) : null,
    phrase(held.contact ? 'privacy.self-contact' : 'privacy.self-no-contact'),
    opened.length === 0 ? phrase('privacy.self-unopened') : null,
    ...opened.map(({ incident, by, at }) =>
      phrase('privacy.self-opened', { id: incident, person: { person: by }, time: { date: at } }),
    ),
  ]
  const notes = (['reply.whoami-change', 'account.self', 'privacy.self-change'] as const).map(key => phrase(key))
  const other = held.platforms.find(name => name !== (wishes.platform ?? held.platforms[0]))
  const change = other ? phrase('wish.self-change', { example: other }) : phrase('wish.self-change-one')
  if (!stranger) notes.push(change)
  return {
    tone: 'plain',
    title: null,
    lines: [
      ...lines.flatMap((text): Line[] => (text ? [{ type: 'text', text }] : [])),
      ...notes.map((text): Line => ({ type: 'note', text })),
    ],
    buttons: [...(stranger ? [] : wishButtons(wishes, held.platforms)), ...carrying.map(leaveButton), erase],
  }
}

type Asked = { readonly read: Read; readonly actor: Actor; readonly now: number }

const erase = { id: buttonId('erase'), label: phrase('privacy.erase-open') }

function wishLines({ stopped, platform }: Wishes): readonly Phrase[] {
  return [
    stopped === undefined ? phrase('wish.self-gets') : phrase('wish.self-stopped', { time: { date: stopped } }),
    ...(platform ? [phrase('wish.self-prefers', { tool: phrase(`sight.tool-${platform}`) })] : []),
  ]
}

function castLines({ count, last, answers, said }: Held['broadcasts']): readonly Phrase[] {
  if (count === 0) return []
  return [
    phrase('wish.self-sent', { count, last: { date: last ?? 0 } }),
    ...(answers > 0 ? [phrase('wish.self-answered', { count: answers })] : []),
    ...(said > 0 ? [phrase('wish.self-said', { count: said })] : []),
  ]
}

function wishButtons(wishes: Wishes, platforms: Held['platforms']): readonly Button[] {
  const tools = [...new Set(platforms)]
  const others = tools.length < 2 ? [] : tools.filter(name => name !== wishes.platform)
  const say = wishes.stopped === undefined ? stopButton({ wishes }) : startButton(wishes.stopped)
  return [say, ...others.slice(0, mostTools).map(name => preferButton(name, { wishes }))]
}

const mostTools = 3

function rolesText(actor: Actor, read: Read): Phrase {
  if (actor.roles.length === 0) return phrase('reply.whoami-outside')
  const roles = actor.roles.map(role => phrase(`reply.role-${role}`))
  return phrase('reply.whoami-roles', { roles, regions: regions(actor, read) })
}

function regions(actor: Actor, { directory }: Read): Param {
  if (actor.regions === 'all') return phrase('reply.all-regions')
  return actor.regions.map(code => directory.regions.find(region => region.code === code)?.name ?? code)
}
