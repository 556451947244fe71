import { html } from 'hono/html'
import { avatar, hubAvatar, icon } from './icon.ts'
import type { Html } from './message.ts'
import { directAddress, type Persona, type PracticeRoom, pathOf, type Sight } from './setting.ts'
import type { Unread } from './unread.ts'

/** The rooms of the network and the direct conversation, each with how much is new; a drawer on a phone. */
export function roomsHtml(unread: readonly Unread[], sight: Sight): Html {
  const { t, persona, setting } = sight
  const regions = setting.rooms.filter(room => room.purpose === 'region')
  const network = (['coordination', 'leadership', 'triage'] as const).flatMap(purpose =>
    setting.rooms.filter(room => room.purpose === purpose),
  )
  return html`<nav id="rooms" popover aria-label="${t('workspace.rooms')}">
    <div class="brand">${hubAvatar()}
      <span class="who"><b>${t('workspace.hub')}</b><span>${t('workspace.title')}</span></span></div>
    <div class="lists">
      <h2 id="rooms-direct">${t('workspace.direct')}</h2>
      <ul aria-labelledby="rooms-direct">${linkHtml(null, directAddress(persona.account), unread, sight)}</ul>
      ${groupHtml('regions', t('workspace.regions'), regions, unread, sight)}
      ${groupHtml('network', t('workspace.network'), network, unread, sight)}
    </div>
    <p class="note">${t('workspace.practice-note')}</p>
  </nav>`
}

/** The button that says who is sitting here, and the list of everyone they could be. */
export function personasHtml(sight: Sight): Html {
  const { t, persona, setting } = sight
  return html`<button type="button" class="persona" popovertarget="personas" aria-haspopup="true"
      aria-label="${t('workspace.persona', { name: persona.callsign, role: persona.role })}">
      ${avatar(persona.callsign)}<span class="who"><b>${persona.callsign}</b><span>${persona.role}</span></span>
      ${icon('down')}</button>
    <div id="personas" popover aria-label="${t('workspace.personas')}">
      <h2 id="personas-title">${t('workspace.personas')}</h2>
      <ul aria-labelledby="personas-title">${setting.personas.map(each => personaHtml(each, sight))}</ul>
      <p class="note">${t('workspace.personas-note')}</p>
    </div>`
}

function groupHtml(
  id: string,
  name: string,
  rooms: readonly PracticeRoom[],
  unread: readonly Unread[],
  sight: Sight,
): Html | string {
  if (rooms.length === 0) return ''
  return html`<h2 id="rooms-${id}">${name}</h2>
    <ul aria-labelledby="rooms-${id}">${rooms.map(room => linkHtml(room, room.address, unread, sight))}</ul>`
}

function linkHtml(room: PracticeRoom | null, address: string, unread: readonly Unread[], sight: Sight): Html {
  const { count, last } = unread.find(one => one.address === address) ?? { count: 0, last: 0 }
  const here = room?.address === sight.room?.address
  return html`<li><a href="${pathOf(sight.persona.account, room?.address ?? null)}" data-address="${address}"
    data-last="${last}" ${here ? 'aria-current=page' : ''}>${icon(room ? 'room' : 'hub')}
    <bdi>${room?.name.replace(/^#/, '') ?? sight.t('workspace.hub')}</bdi>
    <span class="unread" data-count="${count}"><span aria-hidden="true">${count}</span>
    <span class="hidden">${sight.t('workspace.unread', { count })}</span></span></a></li>`
}

function personaHtml(each: Persona, sight: Sight): Html {
  const here = each.account === sight.persona.account
  const path = pathOf(each.account, sight.room?.address ?? null)
  return html`<li><a title="${each.name}" href="${path}" ${here ? 'aria-current=true' : ''}>
    ${avatar(each.callsign)}<span class="who"><b>${each.callsign}</b><span>${each.role}</span></span></a></li>`
}
