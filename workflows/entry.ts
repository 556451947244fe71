import type { InviteCode } from './account.ts'
import type { Post } from './change.ts'
import { type Directory, hasRole, type Person, personNow, roomsFor } from './directory.ts'
import type { Grant } from './grant.ts'
import type { PersonId, PlatformName } from './ids.ts'
import { type Param, type Phrase, phrase } from './phrase.ts'
import { buttonId, type Line, plainView, type View } from './view.ts'

/** What whoever has asked for a code that joins accounts reads, until when it holds (epoch ms). */
export function linkView(code: string, person: PersonId, until: number): View {
  return {
    tone: 'plain',
    title: phrase('account.link-title'),
    lines: [
      { type: 'strong', text: phrase('account.link-code', { code }) },
      { type: 'text', text: phrase('account.link-how', { code }) },
      { type: 'note', text: phrase('account.link-once', { until: { time: until }, person: { person } }) },
    ],
    buttons: [],
  }
}

/** Asks somebody who has sent reports whether they are really whoever made the code. */
export function linkQuestion(code: string, former: Person, owner: Person, reports: number): View {
  const person = { person: owner.id }
  return plainView(
    [
      phrase('account.link-ask', { former: { person: former.id }, person, count: reports }),
      phrase('account.link-sure', { person }),
    ],
    [{ id: buttonId('link', code), label: phrase('account.link-yes'), style: 'primary' }],
  )
}

/** What both sides read once an account was joined to a person. */
export function linkDone(owner: Person, platform: PlatformName, reports: number): View {
  const params = { tool: toolName(platform), person: { person: owner.id } }
  const moved = reports > 0 ? [phrase('account.link-moved', { count: reports })] : []
  return plainView([phrase('account.link-done', params), ...moved])
}

/** A line to every account that a person has, whatever the hour: something was done in their name. */
export function toAccounts(person: Person, key: string, said: Phrase): readonly Post[] {
  return person.accounts.map(({ id }) => ({
    key: `${key}:${id}`,
    to: { account: id },
    incident: null,
    thread: false,
    lane: 'claim',
    view: plainView([said]),
    anytime: true,
  }))
}

/** A line to the coordinators, in every room of theirs. */
export function toCoordination(directory: Directory, key: string, said: Phrase): readonly Post[] {
  return roomsFor(directory, 'coordination').map(room => ({
    key: `${key}:${room.id}`,
    to: { room: room.id },
    incident: null,
    thread: false,
    lane: 'claim',
    view: plainView([said]),
  }))
}

/** What somebody reads who has just come in: who they are here, what they may do, and how to go on. */
export function welcomeView(person: PersonId, grant: Grant, directory: Directory): View {
  const { roles } = grant
  const lines: readonly (Line | false)[] = [
    { type: 'strong', text: phrase('account.welcome', { network: directory.name }) },
    { type: 'text', text: phrase('account.welcome-callsign', { person: { person } }) },
    { type: 'text', text: phrase('reply.whoami-roles', grantParams(grant, directory)) },
    { type: 'text', text: phrase('account.welcome-report') },
    roles.some(role => role === 'responder' || role === 'coordinator') && can('account.welcome-duty'),
    roles.includes('coordinator') && can('account.welcome-coordinate'),
    roles.includes('leader') && can('account.welcome-lead'),
    roles.includes('admin') && can('account.welcome-admin'),
    { type: 'note', text: phrase('account.welcome-rename') },
    directory.languages.length > 1 && { type: 'note', text: phrase('account.welcome-language') },
    { type: 'note', text: phrase('account.welcome-tools') },
  ]
  return {
    tone: 'plain',
    title: null,
    lines: lines.filter(one => one !== false),
    buttons: [{ id: 'report', label: phrase('button.report') }],
  }
}

const can = (key: Phrase['key']): Line => ({ type: 'text', text: phrase(key) })

/** What whoever made an invitation reads, with its code. */
export function invitedView(code: string, invite: InviteCode, directory: Directory): View {
  const { number, uses, until } = invite
  return {
    tone: 'plain',
    title: phrase('account.invited-title', { number: String(number) }),
    lines: [
      { type: 'strong', text: { words: code } },
      { type: 'text', text: phrase('account.invited-what', grantParams(invite, directory)) },
      { type: 'text', text: phrase('account.invited-uses', { count: uses, until: { date: until } }) },
      { type: 'text', text: phrase('account.invited-how') },
      { type: 'note', text: phrase('account.invited-end', { number: String(number) }) },
    ],
    buttons: [],
  }
}

/** What the coordinators hear of a new invitation; never its code. */
export function invitedText(invite: InviteCode, directory: Directory): Phrase {
  const { number, uses, until, by } = invite
  return phrase('account.invited-told', {
    ...grantParams(invite, directory),
    person: by && personNow(directory, by) ? { person: by } : phrase('hub.the-hub'),
    number: String(number),
    count: uses,
    until: { date: until },
  })
}

/** Why somebody who is no administrator is refused, with whom to ask; null if they are one. */
export function adminsOnly(
  actor: Pick<Person, 'roles'>,
  { people }: Directory,
  key: 'account.bind-admin' | 'account.invite-admin',
): Phrase | null {
  if (hasRole(actor, 'admin')) return null
  const admins = [...people.values()].filter(person => hasRole(person, 'admin'))
  if (admins.length === 0) return phrase('account.admin-nobody')
  return phrase(key, { people: admins.slice(0, 3).map(({ id }) => ({ person: id })) })
}

/** Roles and regions as params of a sentence. */
export function grantParams({ roles, regions }: Grant, directory: Directory): Record<'roles' | 'regions', Param> {
  return {
    roles: roles.map(role => phrase(`reply.role-${role}`)),
    regions:
      regions === 'all'
        ? phrase('reply.all-regions')
        : regions.map(code => directory.regions.find(region => region.code === code)?.name ?? code),
  }
}

/** The name of a tool in a sentence. */
export function toolName(platform: PlatformName): Phrase {
  return phrase(`sight.tool-${platform}`)
}
